package org.igniterealtime.openfire.plugin.omemo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer has found out is tried again, without the fuzzer. */
class FuzzCorpusTest {

    private static final int CUTS = 200;

    static List<FuzzTarget> targets() {
        return FuzzTargets.ALL;
    }

    @TestFactory
    Stream<DynamicTest> theSavedCorpusIsReadOrRefused() {
        return targets().stream().flatMap(target -> files(target).map(file ->
            DynamicTest.dynamicTest(target.name() + ' ' + file.getFileName(),
                () -> target.accepts(Files.readAllBytes(file)))));
    }

    private static Stream<Path> files(FuzzTarget target) {
        Path corpus = Path.of("src/test/resources/fuzz", target.name());
        if (!Files.isDirectory(corpus)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(corpus)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theSeedsAreValidAndNothingOfThemEscapes(FuzzTarget target) {
        Random dice = new Random(1);
        for (byte[] seed : target.seeds().toList()) {
            assertThat(target.accepts(seed)).isTrue();
            for (int i = 0; i < CUTS; i++) {
                byte[] cut = Arrays.copyOf(seed, dice.nextInt(seed.length + 1));
                if (cut.length > 0) {
                    cut[dice.nextInt(cut.length)] ^= (byte) (1 << dice.nextInt(8));
                }
                target.accepts(cut);
            }
        }
    }
}
