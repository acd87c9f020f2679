package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSetTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 1_000, 2_000})
    void answersAsASetWould(int capacity) {
        Random random = new Random(capacity);
        Set<Integer> expected = new HashSet<>();
        IdSet ids = new IdSet(capacity);
        for (int i = 0; i < capacity; i++) {
            int id = random.nextBoolean() ? random.nextInt(capacity) : Integer.MAX_VALUE - random.nextInt(capacity);
            int other = random.nextInt(Integer.MAX_VALUE);
            assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
            assertThat(ids.contains(other)).isEqualTo(expected.contains(other));
            assertThat(ids.add(id)).isEqualTo(expected.add(id));
            assertThat(ids.contains(id)).isTrue();
        }
    }
}
