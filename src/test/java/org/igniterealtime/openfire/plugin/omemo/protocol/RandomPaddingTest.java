package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RandomPaddingTest {

    private final Random random = new Random(42);

    @Test
    void hasEachLengthFromNoneTo200EquallyOften() {
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int round = 0; round < 201 * 100; round++) {
            lengths.merge(RandomPadding.draw(random).length(), 1, Integer::sum);
        }
        assertThat(new TreeSet<>(lengths.keySet())).hasSize(201).startsWith(0).endsWith(200);
        assertThat(lengths.values()).allMatch(count -> count > 50 && count < 160);
    }

    @Test
    void isMadeOfBase64() {
        StringBuilder all = new StringBuilder();
        for (int round = 0; round < 100; round++) {
            all.append(RandomPadding.draw(random));
        }
        assertThat(all.toString()).matches("[A-Za-z0-9+/]+");
        assertThat(all.chars().distinct()).hasSize(64);
    }

    @Test
    void dependsOnTheRandomnessAlone() {
        assertThat(RandomPadding.draw(new Random(1))).isEqualTo(RandomPadding.draw(new Random(1)))
                .isNotEqualTo(RandomPadding.draw(new Random(2)));
    }
}
