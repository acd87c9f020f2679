package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.random.RandomGenerator;

/** The text of an {@code <rpad/>} (XEP-0420, "Affix Elements"): of a random length, so that the ciphertext's tells less. */
public final class RandomPadding {

    /** The greatest length in characters, which are as many bytes. The least is 0. */
    public static final int MAX_LENGTH = 200;

    /** Up to 0.2 the XEP wanted characters of base64, later it leaves them open. */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private RandomPadding() {
    }

    /**
     * 0 to 200 characters, each length as likely as the others.
     *
     * @param random a source that nobody can predict, such as a {@code SecureRandom}
     */
    public static String draw(RandomGenerator random) {
        int length = random.nextInt(MAX_LENGTH + 1);
        StringBuilder padding = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            padding.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return padding.toString();
    }
}
