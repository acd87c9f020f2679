package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.junit.jupiter.api.Test;

/** A plan's steps are taken while the server runs. */
class PolicySettingsPlanTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String ROOM = "room@conference.example.org";

    private Instant now = Instant.parse("2026-12-31T22:59:59Z");

    private final PolicySettings settings = new PolicySettings(room -> { }, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void atMidnightInTheServersTimeZone() {
        settings.propertySet("plugin.omemo.policy.room." + ROOM,
            Map.of("value", "observe; warn-from=2027-01-01; enforce-from=2027-01-03"));
        settings.propertySet("plugin.omemo.policy.default", Map.of("value", "off; enforce-from=2027-01-02"));

        assertThat(mode(ROOM)).isEqualTo(Mode.OBSERVE);
        now = Instant.parse("2026-12-31T23:00:00Z");
        assertThat(mode(ROOM)).isEqualTo(Mode.WARN);
        assertThat(mode("other@conference.example.org")).isEqualTo(Mode.OFF);
        now = Instant.parse("2027-01-01T23:00:00Z");
        assertThat(mode(ROOM)).isEqualTo(Mode.WARN);
        assertThat(mode("other@conference.example.org")).isEqualTo(Mode.ENFORCE);
        now = Instant.parse("2027-06-01T00:00:00Z");
        assertThat(mode(ROOM)).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void ofTwoSpellingsOfARoomTheStricterOneOfTheDayHolds() {
        settings.propertySet("plugin.omemo.policy.room." + ROOM, Map.of("value", "observe; enforce-from=2027-01-02"));
        settings.propertySet("plugin.omemo.policy.room.ROOM@conference.example.org", Map.of("value", "warn"));

        assertThat(mode(ROOM)).isEqualTo(Mode.WARN);
        now = Instant.parse("2027-01-02T00:00:00Z");
        assertThat(mode(ROOM)).isEqualTo(Mode.ENFORCE);
    }

    private Mode mode(String room) {
        return settings.book().policyOf(room, "conference.example.org").mode();
    }
}
