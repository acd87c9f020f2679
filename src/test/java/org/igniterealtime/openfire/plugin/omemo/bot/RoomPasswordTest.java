package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;

class RoomPasswordTest {

    private static final Optional<String> PASSWORD = Optional.of("sesame");

    /** What is put into a text may end up in a log. */
    @Test
    void isInNoText() {
        BareJid room = BareJid.of("room@conference.example.org").orElseThrow();

        assertThat(new Invitation(room, room, PASSWORD, true).toString()).doesNotContain("sesame");
        assertThat(new BotRooms.Entry(true, room, PASSWORD).toString()).doesNotContain("sesame");
        assertThat(RoomVisit.Entry.invited(PASSWORD).toString()).doesNotContain("sesame");
    }
}
