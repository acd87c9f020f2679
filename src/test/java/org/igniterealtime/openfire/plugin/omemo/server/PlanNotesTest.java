package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

class PlanNotesTest {

    private static final JID ROOM = new JID("room@conference.example.org");
    private static final JID ALICE = new JID("alice@example.org/phone");

    private final List<Packet> sent = new ArrayList<>();
    private Locale language = Locale.ENGLISH;

    private PlanNotes on(String day, String policy) throws InvalidPolicyException {
        PolicySettings settings = new PolicySettings(room -> { },
            Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC));
        settings.propertySet("plugin.omemo.policy.room." + ROOM, Map.of("value", policy));
        return new PlanNotes(settings::book, user -> !user.getDomain().startsWith("bots."), reader -> language, sent::add,
            Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2027-02-14|", "2027-02-15|From March 1, 2027 on, this room takes encrypted messages only.",
        "2027-02-28|From March 1, 2027 on, this room takes encrypted messages only.", "2027-03-01|",
        "2027-12-20|After December 31, 2027, this room no longer takes the oldest version of OMEMO.", "2028-01-01|"})
    void aStepIsToldFourteenDaysAhead(String day, String text) throws Exception {
        on(day, "observe; enforce-from=2027-03-01; legacy-until=2027-12-31").present(ROOM, ALICE);

        assertThat(sent).hasSize(text == null ? 0 : 1);
        if (text != null) {
            assertThat(sent.get(0).getElement().elementText("body")).startsWith(text);
            assertThat(sent.get(0).getFrom()).isEqualTo(ROOM);
            assertThat(sent.get(0).getTo()).isEqualTo(ALICE);
        }
    }

    @Test
    void onceADayEachInTheirLanguageAndNoComponent() throws Exception {
        language = Locale.GERMAN;
        PlanNotes notes = on("2027-02-20", "observe; warn-from=2027-02-25");
        notes.present(ROOM, ALICE);
        notes.present(ROOM, new JID("alice@example.org/tablet"));
        notes.present(ROOM, new JID("echo@bots.example.org/x"));
        notes.present(new JID("other@conference.example.org"), ALICE);
        assertThat(sent).singleElement().extracting(note -> note.getElement().elementText("body")).asString()
            .startsWith("Ab 25. Februar 2027 wird gewarnt");
        notes.present(ROOM, new JID("bob@elsewhere.example/x"));
        assertThat(sent).hasSize(2);
    }
}
