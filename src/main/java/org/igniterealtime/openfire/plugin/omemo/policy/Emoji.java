package org.igniterealtime.openfire.plugin.omemo.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The emoji of Unicode, from a list: a pattern would let tags, selectors and joiners through, in which any text can be
 * hidden.
 */
final class Emoji {

    private static final Pattern SELECTOR = Pattern.compile("[\uFE0E\uFE0F]");
    private static final Pattern SELECTOR_FOR_NOTHING = Pattern.compile("^[\uFE0E\uFE0F]|[\uFE0E\uFE0F]{2}");
    private static final Set<String> ALL = load();

    private Emoji() {
    }

    /** Whether a text is exactly one emoji, with or without the selectors that ask for its black or coloured form. */
    static boolean isOne(String text) {
        return !SELECTOR_FOR_NOTHING.matcher(text).find() && ALL.contains(SELECTOR.matcher(text).replaceAll(""));
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
