package org.igniterealtime.openfire.plugin.omemo.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The emoji of Unicode, from a list: a pattern would let tags, selectors and joiners through, in which any text can be
 * hidden.
 */
final class Emoji {

    private static final String VARIATION_SELECTOR = "\uFE0F";
    private static final Set<String> ALL = load();

    private Emoji() {
    }

    /** Whether a text is exactly one emoji, with or without the selectors that ask for its coloured form. */
    static boolean isOne(String text) {
        return !text.startsWith(VARIATION_SELECTOR) && !text.contains(VARIATION_SELECTOR + VARIATION_SELECTOR)
            && ALL.contains(text.replace(VARIATION_SELECTOR, ""));
    }

    private static Set<String> load() {
        try (BufferedReader lines = new BufferedReader(
            new InputStreamReader(Emoji.class.getResourceAsStream("emoji.txt"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("//")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
