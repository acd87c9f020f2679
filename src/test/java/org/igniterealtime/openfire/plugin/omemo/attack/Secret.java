package org.igniterealtime.openfire.plugin.omemo.attack;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that nobody may read: a word of letters, so that it can stand wherever XML lets text or a name stand, which
 * tells the number of the stanza that brought it.
 */
final class Secret {

    private static final Pattern WORD = Pattern.compile("qleak([a-z]{5})q");
    private static final int LETTERS = 26;
    private static final int DIGITS = 5;
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{14,}={0,2}");

    private Secret() {
    }

    /** The word of a stanza. */
    static String of(int number) {
        char[] digits = new char[DIGITS];
        int left = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = (char) ('a' + left % LETTERS);
            left /= LETTERS;
        }
        return "qleak" + new String(digits) + "q";
    }

    /** The number of the stanza whose word somebody can read here, however it is written. */
    static OptionalInt in(String text) {
        Matcher word = WORD.matcher(text);
        if (word.find()) {
            return OptionalInt.of(number(word.group(1)));
        }
        word = WORD.matcher(plain(text));
        return word.find() ? OptionalInt.of(number(word.group(1))) : OptionalInt.empty();
    }

    /** Same, where the text may also be base64 of it, which a program reads and a person does not. */
    static OptionalInt encodedIn(String text) {
        OptionalInt open = in(text);
        if (open.isPresent()) {
            return open;
        }
        Matcher encoded = ENCODED.matcher(text);
        while (encoded.find()) {
            String run = encoded.group();
            try {
                byte[] bytes = Base64.getMimeDecoder().decode(run.substring(0, run.length() - run.length() % 4));
                OptionalInt hidden = in(new String(bytes, StandardCharsets.ISO_8859_1));
                if (hidden.isPresent()) {
                    return hidden;
                }
            } catch (IllegalArgumentException e) {
                // Padding in the middle: not base64.
            }
        }
        return OptionalInt.empty();
    }

    /** As a reader sees it: its letters and digits alone, of the usual width and small. */
    private static String plain(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().filter(Character::isLetterOrDigit)
            .map(Character::toLowerCase).forEach(seen::appendCodePoint);
        return seen.toString();
    }

    private static int number(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            number = number * LETTERS + digits.charAt(i) - 'a';
        }
        return number;
    }
}
