package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a room's presences mean for whoever is inside (XEP-0045, 7.14 to 10.9). */
class RoomVisitTest {

    private static final BareJid ROOM = BareJid.of("room@conference.example.org").orElseThrow();
    private static final Address SELF = Address.of("echo@bots.example.org/bot").orElseThrow();

    private final List<String> events = new ArrayList<>();
    private final RoomVisit visit = new RoomVisit(ROOM, SELF, "echo", RoomVisit.Entry.invited(Optional.empty()),
        stanza -> { }, null, InstantSource.system(), new RoomVisit.Events() {
            @Override
            public void inside() {
                events.add("inside");
            }

            @Override
            public void outside(String why, boolean forGood) {
                events.add(forGood ? "gone" : "lost");
            }
        });

    private static Element presence(String type, String... codes) {
        Element presence = Stanzas.stanza("presence", type, ROOM + "/echo", SELF.toString(), "");
        Element x = presence.addElement("x", Stanzas.MUC_USER);
        x.addElement("item").addAttribute("jid", SELF.toString()).addAttribute("affiliation", "member");
        for (String code : codes) {
            x.addElement("status").addAttribute("code", code);
        }
        return presence;
    }

    private void enter(String... codes) {
        visit.enter();
        visit.presence("echo", presence("", codes));
    }

    @ParameterizedTest
    @CsvSource({"301, gone", "307, gone", "321, gone", "322, gone", "332, lost", "333, lost"})
    void whoeverIsThrownOutIsGoneAndWhoeverIsLostMayComeBack(String code, String event) {
        enter("100", "110");

        visit.presence("echo", presence("unavailable", "110", code));

        assertThat(events).containsExactly("inside", event);
    }

    @Test
    void whereTheRoomIsDestroyedThereIsNoWayBack() {
        enter("100", "110");
        Element presence = presence("unavailable", "110");
        presence.element("x").addElement("destroy");

        visit.presence("echo", presence);

        assertThat(events).containsExactly("inside", "gone");
    }

    @Test
    void aRoomThatHidesAddressesIsNotEntered() {
        enter("110");

        assertThat(events).containsExactly("gone");
    }

    @Test
    void aRoomIsNotMade() {
        enter("100", "110", "201");

        assertThat(events).containsExactly("gone");
    }
}
