package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Binary data as base64 (RFC 4648, section 4) in its only canonical spelling: the standard alphabet, padding present
 * and its unused bits zero, no white space. It is checked without being decoded. {@link #toString()} tells its length
 * only.
 */
public final class Base64Text {

    /** Reads eight characters at once. */
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long EACH = 0x0101010101010101L;
    private static final long TOP_BITS = 0x80 * EACH;
    private static final long CASE_BITS = 0x20 * EACH;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] SEXTETS = new byte[0x80];

    static {
        for (int i = 0; i < ALPHABET.length(); i++) {
            SEXTETS[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private final String text;

    private Base64Text(String text) {
        this.text = text;
    }

    /** The text as base64, or empty if it is not canonical. The empty text is canonical and stands for no bytes. */
    public static Optional<Base64Text> of(String text) {
        return isCanonical(text) ? Optional.of(new Base64Text(text)) : Optional.empty();
    }

    /** The base64 of these bytes. */
    public static Base64Text encode(byte[] bytes) {
        return new Base64Text(Base64.getEncoder().encodeToString(bytes));
    }

    /** The base64 itself. */
    public String text() {
        return text;
    }

    /** The number of bytes that it stands for. */
    public int byteLength() {
        return byteLength(text);
    }

    /** The number of bytes that this text stands for if it is canonical; it may be anything. */
    static int byteLength(String text) {
        return text.length() / 4 * 3 - padding(text);
    }

    /** The bytes that it stands for. */
    public byte[] decode() {
        return Base64.getDecoder().decode(text);
    }

    /** One of the bytes that it stands for, 0 to 255. */
    int byteAt(int index) {
        int group = index / 3 * 4;
        return switch (index % 3) {
            case 0 -> sextet(group) << 2 | sextet(group + 1) >> 4;
            case 1 -> (sextet(group + 1) & 0xF) << 4 | sextet(group + 2) >> 2;
            default -> (sextet(group + 2) & 3) << 6 | sextet(group + 3);
        };
    }

    private int sextet(int at) {
        return SEXTETS[text.charAt(at)];
    }

    /** Eight characters a step and no branch: this is most of the cost of reading a message with many keys. */
    private static boolean isCanonical(String text) {
        int length = text.length();
        if (length % 4 != 0) {
            return false;
        }
        int padding = padding(text);
        int end = length - padding;
        // A copy costs less than charAt on every character; what is not Latin-1 becomes '?', which is foreign. But so do
        // the two surrogates of one character together.
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        if (characters.length != length) {
            return false;
        }
        long foreign = 0;
        int i = 0;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            foreign |= foreign((long) EIGHT.get(characters, i));
        }
        for (; i < end; i++) {
            foreign |= foreign(characters[i] * EACH);
        }
        return foreign == 0 && (padding == 0 || unusedBits(characters[end - 1], padding) == 0);
    }

    /** The top bits of those of eight bytes that are not in the alphabet. */
    private static long foreign(long bytes) {
        long letters = between(bytes | CASE_BITS, 'a', 'z');
        long digitsAndSlash = between(bytes, '/', '9');
        long plus = between(bytes, '+', '+');
        return (bytes | ~(letters | digitsAndSlash | plus)) & TOP_BITS;
    }

    /** Sets the top bit of each byte in this range; says nothing useful if one is above 127. */
    private static long between(long bytes, char first, char last) {
        return bytes + (0x80 - first) * EACH & ~(bytes + (0x7f - last) * EACH);
    }

    private static int unusedBits(byte lastCharacter, int padding) {
        return ALPHABET.indexOf(lastCharacter) & (padding == 1 ? 0b11 : 0b1111);
    }

    private static int padding(String text) {
        int length = text.length();
        if (length < 4 || text.charAt(length - 1) != '=') {
            return 0;
        }
        return text.charAt(length - 2) == '=' ? 2 : 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Base64Text that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "base64 of " + byteLength() + " bytes";
    }
}
