package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.RoomPattern;
import org.junit.jupiter.api.Test;

/** Which of very many rooms are found, and where their policies come from. */
class RoomQueryTest {

    private static final PolicyBook POLICIES = new PolicyBook(Map.of("r5@rooms.example", Policy.of(Mode.ENFORCE)),
        List.of(new PolicyBook.PatternPolicy(new RoomPattern("r99*@*"), Policy.of(Mode.WARN))),
        Map.of("other.example", Policy.of(Mode.OBSERVE)), Policy.OFF);

    private static Stream<RoomEntry> tenThousand() {
        TreeSet<String> addresses = new TreeSet<>();
        IntStream.range(0, 10_000).forEach(i -> addresses.add("r" + i + "@rooms.example"));
        return addresses.stream().map(address -> RoomEntry.of(address, POLICIES));
    }

    @Test
    void tenThousandRoomsAreFilteredAndCut() {
        assertThat(new RoomQuery("", "", "room").answer(tenThousand(), Map.of())).hasSize(10_000);
        List<RoomEntry> warned = new RoomQuery("R9", "warn", "room").answer(tenThousand(), Map.of());
        assertThat(warned).hasSize(111).allMatch(room -> room.address().startsWith("r99"));
        assertThat(Excerpt.of(warned, 3).rows()).hasSize(11);
    }

    @Test
    void theStrictestComeFirstAndThoseOfOneModeByAddress() {
        assertThat(new RoomQuery("", "", "mode").answer(tenThousand(), Map.of())).extracting(RoomEntry::address)
            .startsWith("r5@rooms.example", "r9900@rooms.example", "r9901@rooms.example")
            .endsWith("r98@rooms.example", "r9@rooms.example");
    }

    @Test
    void thoseOfTheLastViolationComeFirstAndThoseWithoutOneByAddress() {
        Map<String, Instant> last = Map.of("r7@rooms.example", Instant.ofEpochMilli(1), "r8@rooms.example", Instant.ofEpochMilli(2));
        assertThat(new RoomQuery("", "", "violation").answer(tenThousand(), last)).extracting(RoomEntry::address)
            .startsWith("r8@rooms.example", "r7@rooms.example", "r0@rooms.example", "r1000@rooms.example")
            .endsWith("r99@rooms.example", "r9@rooms.example").hasSize(10_000);
    }

    @Test
    void tellsWhereAPolicyComesFrom() {
        assertThat(POLICIES.sourceOf("r5@rooms.example", "rooms.example")).isEqualTo(PolicyBook.Source.ROOM);
        assertThat(POLICIES.sourceOf("r99@rooms.example", "rooms.example")).isEqualTo(PolicyBook.Source.PATTERN);
        assertThat(POLICIES.sourceOf("r1@other.example", "other.example")).isEqualTo(PolicyBook.Source.SERVICE);
        assertThat(POLICIES.sourceOf("r1@rooms.example", "rooms.example")).isEqualTo(PolicyBook.Source.DEFAULT);
        assertThat(POLICIES.inherited("r5@rooms.example", "rooms.example")).isEqualTo(Policy.OFF);
        assertThat(POLICIES.inherited("r99@rooms.example", "rooms.example").mode()).isEqualTo(Mode.WARN);
    }

    @Test
    void aLinkKeepsWhatWasAskedFor() {
        assertThat(new RoomQuery("a&b=\"<", "warn", "mode").link()).isEqualTo("text=a%26b%3D%22%3C&mode=warn&sort=mode&");
    }
}
