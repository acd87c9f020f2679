package org.igniterealtime.openfire.plugin.omemo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered.Count;
import org.junit.jupiter.api.Test;

class UnansweredTest {

    private static final String ALICE = "alice@example.org";

    private final Unanswered unanswered = new Unanswered();

    @Test
    void messagesAreCountedForEachDeviceAndDrainedOnce() {
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 20);
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 10);
        unanswered.sent(ALICE, Family.OMEMO_2, 1, 30);
        assertThat(unanswered.drain(30, 9)).containsExactlyInAnyOrder(new Count(ALICE, "0.4", 1, 2, 10),
            new Count(ALICE, "0.8+", 1, 1, 30));
        assertThat(unanswered.drain(30, 9)).isEmpty();
    }

    @Test
    void aSignEndsTheCountOfThatDeviceInThatFamilyAlone() {
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 10);
        unanswered.sent(ALICE, Family.OMEMO_1, 2, 10);
        unanswered.sent(ALICE, Family.OMEMO_2, 1, 10);
        unanswered.answered(ALICE, Family.OMEMO_1, 1);
        assertThat(unanswered.drain(10, 1)).hasSize(1);
        assertThat(unanswered.drain(10, 9)).hasSize(1).noneMatch(count -> count.family().equals("0.4") && count.deviceId() == 1);
    }

    @Test
    void whoeverIsSeenHasAnswered() {
        Sightings sightings = new Sightings();
        sightings.unanswered().sent(ALICE, Family.OMEMO_1, 1, 10);
        sightings.note(ALICE, Family.OMEMO_1, 1, 20);
        sightings.unanswered().sent(ALICE, Family.OMEMO_1, 2, 10);
        assertThat(sightings.unanswered().drain(10, 9)).extracting(Count::deviceId).containsExactly(2);
        sightings.unanswered().sent(ALICE, Family.OMEMO_1, 2, 10);
        sightings.clear();
        assertThat(sightings.unanswered().drain(10, 9)).isEmpty();
    }

    @Test
    void whatBeganLaterWaits() {
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 11);
        assertThat(unanswered.drain(10, 9)).isEmpty();
        assertThat(unanswered.drain(11, 9)).hasSize(1);
    }

    @Test
    void whatIsGivenBackAddsToWhatCameSince() {
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 10);
        List<Count> drained = unanswered.drain(10, 9);
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 30);
        unanswered.giveBack(drained);
        assertThat(unanswered.drain(10, 9)).containsExactly(new Count(ALICE, "0.4", 1, 2, 10));
    }

    @Test
    void devicesAreBoundedAndWhatIsLostIsCounted() {
        for (int device = 1; device <= Unanswered.MOST_DEVICES + 10; device++) {
            unanswered.sent(ALICE, Family.OMEMO_1, device, 10);
        }
        unanswered.sent(ALICE, Family.OMEMO_1, 1, 10);
        assertThat(unanswered.lost()).isEqualTo(10);
        assertThat(unanswered.drain(10, Integer.MAX_VALUE)).hasSize(Unanswered.MOST_DEVICES);
    }
}
