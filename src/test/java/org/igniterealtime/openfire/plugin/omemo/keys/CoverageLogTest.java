package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;

class CoverageLogTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final String ROOM = "room@conference.example.org";

    private final CoverageLog log = new CoverageLog();

    private static Coverage message(Family family, int sid, int members) {
        List<Member> all = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            all.add(new Member(BareJid.of("member" + i + "@example.org").orElseThrow(), Optional.empty()));
        }
        return new Coverage(ALICE, Map.of(family, sid), all, List.of());
    }

    private List<Integer> sids() {
        return log.of(ROOM).stream().map(entry -> entry.coverage().sids().values().iterator().next()).toList();
    }

    private static Instant second(int second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void theLatestOfEachDeviceIsKeptTheLatestFirst() {
        log.note(ROOM, second(1), message(Family.OMEMO_1, 1, 0));
        log.note(ROOM, second(2), message(Family.OMEMO_1, 2, 0));
        log.note(ROOM, second(3), message(Family.OMEMO_1, 1, 0));
        log.note("other@conference.example.org", second(4), message(Family.OMEMO_1, 9, 0));
        assertThat(sids()).containsExactly(1, 2);
        assertThat(log.of(ROOM)).first().extracting(CoverageLog.Entry::time).isEqualTo(second(3));
        log.note(ROOM, second(5), message(Family.OMEMO_2, 1, 0));
        assertThat(sids()).as("a device in another family").containsExactly(1, 1, 2);
    }

    @Test
    void whatIsNotedLateDoesNotHideWhatCameSince() {
        log.note(ROOM, second(3), message(Family.OMEMO_1, 1, 3));
        log.note(ROOM, second(1), message(Family.OMEMO_1, 1, 1));
        log.note(ROOM, second(2), message(Family.OMEMO_1, 2, 1));
        assertThat(log.of(ROOM)).extracting(CoverageLog.Entry::time).containsExactly(second(3), second(2));
    }

    @Test
    void messagesOfARoomAreBounded() {
        for (int sid = 1; sid <= 100; sid++) {
            log.note(ROOM, second(sid), message(Family.OMEMO_1, sid, 0));
        }
        assertThat(sids()).containsExactly(100, 99, 98, 97, 96, 95, 94, 93);
    }

    @Test
    void membersOfAllRoomsAreBounded() {
        for (int room = 0; room < 1_000; room++) {
            log.note("room" + room, second(room), message(Family.OMEMO_1, 1, 1_000));
        }
        int kept = 0;
        for (int room = 0; room < 1_000; room++) {
            kept += log.of("room" + room).size();
        }
        assertThat(kept).isBetween(100, 200);
    }

    @Test
    void nothingIsKnownOfOtherRoomsAndAfterItIsForgotten() {
        assertThat(log.of(ROOM)).isEmpty();
        log.note(ROOM, second(1), message(Family.OMEMO_1, 1, 1));
        log.clear();
        assertThat(log.of(ROOM)).isEmpty();
    }
}
