package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final List<String> said = new ArrayList<>();
    private final Problems problems = new Problems(new TestClock(), said::add);

    @Test
    void whatStrangersMakeLongIsCutOff() {
        problems.note("a message came back: " + "a".repeat(1_000_000));

        assertThat(said).singleElement().satisfies(text -> assertThat(text).hasSizeLessThan(600).endsWith("\u2026"));
        assertThat(problems.list()).extracting(Problem::text).isEqualTo(said);
    }

    @Test
    void noMoreThanTwoHundredAreRememberedAndSaidInAnHour() {
        for (int i = 0; i < 1_000; i++) {
            problems.note("problem " + i);
            problems.note("problem " + i);
        }

        assertThat(said).hasSize(Problems.MOST);
        assertThat(problems.list()).hasSize(Problems.MOST).allMatch(problem -> problem.times() == 2);
    }
}
