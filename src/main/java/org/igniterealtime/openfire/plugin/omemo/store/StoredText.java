package org.igniterealtime.openfire.plugin.omemo.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts of any length in columns that every database can hold, and index. */
final class StoredText {

    /** Bytes of UTF-8 that a column takes; some databases count bytes. */
    static final int MOST_BYTES = 255;

    /** Bytes of UTF-8 of {@link #start}. */
    static final int MOST_BYTES_OF_START = 64;

    private static final String CUT = "\u2026";
    private static final char REPLACEMENT = '\uFFFD';
    private static final int KEY_BYTES = 16;

    private StoredText() {
    }

    /**
     * The text for people, at most {@link #MOST_BYTES} of it. What a database may refuse is replaced: zeros, half
     * characters, and characters of four bytes, which MySQL does not take where it is set to its old "utf8".
     */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        int bytes = 0;
        int whole = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            char safe = c == 0 || c > 0xFFFF || Character.isSurrogate((char) c) ? REPLACEMENT : (char) c;
            bytes += safe < 0x80 ? 1 : safe < 0x800 ? 2 : 3;
            if (bytes > MOST_BYTES) {
                return shown.substring(0, whole) + CUT;
            }
            shown.append(safe);
            if (bytes <= MOST_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length) {
                whole = shown.length();
            }
        }
        return shown.toString();
    }

    /** How the text begins, at most {@link #MOST_BYTES_OF_START} of it: short enough for an index of any database. */
    static String start(String text) {
        String shown = shown(text);
        int end = 0;
        for (int bytes = 0; end < shown.length(); end++) {
            char c = shown.charAt(end);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (bytes > MOST_BYTES_OF_START) {
                break;
            }
        }
        return shown.substring(0, end);
    }

    /** What stands for these texts in a key: 32 hexadecimal digits, half of their SHA-256. */
    static String key(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                // With its length, so that no two lists of texts look the same.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
