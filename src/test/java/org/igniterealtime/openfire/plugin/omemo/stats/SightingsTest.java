package org.igniterealtime.openfire.plugin.omemo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private final Sightings sightings = new Sightings();

    @Test
    void theLatestCountsAndIsDrainedOnce() {
        sightings.note("alice@example.org", Family.OMEMO_1, 1, 20);
        sightings.note("alice@example.org", Family.OMEMO_1, 1, 10);
        assertThat(sightings.drain(10)).containsExactly(new Sighting("alice@example.org", "0.4", 1, 20));
        assertThat(sightings.drain(10)).isEmpty();
    }

    @Test
    void whatIsGivenBackDoesNotHideWhatCameSince() {
        sightings.note("alice@example.org", Family.OMEMO_1, 1, 10);
        List<Sighting> drained = sightings.drain(10);
        sightings.note("alice@example.org", Family.OMEMO_1, 1, 20);
        sightings.giveBack(drained);
        assertThat(sightings.drain(10)).containsExactly(new Sighting("alice@example.org", "0.4", 1, 20));
    }

    @Test
    void anAccountWithManyIdsTakesNoOthersRoom() {
        for (int id = 1; id <= 1_000; id++) {
            sightings.note("mallory@example.org", Family.OMEMO_1, id, 10);
        }
        sightings.note("alice@example.org", Family.OMEMO_1, 1, 10);
        assertThat(sightings.drain(10)).hasSize(Sightings.MOST_OF_AN_ACCOUNT + 1);
    }

    @Test
    void accountsAreBounded() {
        for (int account = 0; account < Sightings.MOST_ACCOUNTS + 10; account++) {
            sightings.note("user" + account, Family.LEGACY, 1, 10);
        }
        assertThat(sightings.drain(Integer.MAX_VALUE)).hasSize(Sightings.MOST_ACCOUNTS);
    }
}
