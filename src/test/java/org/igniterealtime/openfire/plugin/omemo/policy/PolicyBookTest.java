package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyBookTest {

    private static final PolicyBook BOOK = new PolicyBook(
        Map.of("own@conference.example.org", Policy.of(Mode.OFF)),
        List.of(pattern("secret-*", Mode.WARN), pattern("*@conference.*", Mode.ENFORCE)),
        Map.of("rooms.example.org", Policy.of(Mode.OBSERVE)), Policy.of(Mode.OFF));

    private static PolicyBook.PatternPolicy pattern(String glob, Mode mode) {
        return new PolicyBook.PatternPolicy(new RoomPattern(glob), Policy.of(mode));
    }

    @Test
    void asksTheRoomThenThePatternsInOrderThenTheServiceThenTheServer() {
        assertThat(modeOf("own", "conference.example.org")).isEqualTo(Mode.OFF);
        assertThat(modeOf("secret-1", "conference.example.org")).isEqualTo(Mode.WARN);
        assertThat(modeOf("other", "conference.example.org")).isEqualTo(Mode.ENFORCE);
        assertThat(modeOf("other", "rooms.example.org")).isEqualTo(Mode.OBSERVE);
        assertThat(modeOf("other", "elsewhere.example.org")).isEqualTo(Mode.OFF);
    }

    private static Mode modeOf(String name, String service) {
        return BOOK.policyOf(name + '@' + service, service).mode();
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true", "*, a@b, true", "a@b, a@b, true", "a@b, a@bc, false", "a?c, abc, true", "a?c, ac, false",
        "a*c, ac, true", "a*c, abbbc, true", "a*c, abbb, false", "*a*b*, xaxbx, true", "*a*b*, xbxax, false",
        "a.c, abc, false", "[a], a, false"})
    void matchesPatterns(String glob, String room, boolean matches) {
        assertThat(new RoomPattern(glob).matches(room)).isEqualTo(matches);
    }

    @Test
    void matchesHostilePatternsAtOnce() {
        RoomPattern pattern = new RoomPattern("*a".repeat(500) + "b");

        assertThat(pattern.matches("a".repeat(2_000))).isFalse();
    }
}
