package org.igniterealtime.openfire.plugin.omemo.core.peer;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What people write, and what they should not have to think about. */
final class Texts {

    static final List<String> ALL = List.of(
        "x", " ", " leading and trailing ", "tab\tand\nlines\n\n", "<body>&amp;</body>", "]]>", "\"'&<>",
        "Grüße, 日本語, עברית, e\u0301", "\uD83D\uDC69\u200D\uD83D\uDD2C", "\u202Eright to left\u202C", "\u0085\u2028\uFEFF",
        "\uD7FF\uE000\uFFFD\uD800\uDC00\uDBFF\uDFFD", "a".repeat(100_000), "\uD83D\uDE00".repeat(20_000));

    private Texts() {
    }

    /** One that no other number has. */
    static String any(int number, Random dice) {
        int length = dice.nextInt(50) == 0 ? 500 : dice.nextInt(4);
        return number + dice.ints(length, 0, ALL.size() - 2).mapToObj(ALL::get).collect(Collectors.joining());
    }
}
