package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Arrays;

/**
 * Whether the data of a {@code <key>} and a {@code <payload>} has at least the outer form of what they claim to be. It is
 * a look at tags and lengths: nothing is decrypted, and nothing proves that somebody could decrypt it.
 *
 * <p>A key of 0.4 and later is an {@code OMEMOAuthenticatedMessage} or an {@code OMEMOKeyExchange} (XEP-0384, "Double
 * Ratchet" and "X3DH Key Exchange"), a legacy one libsignal's {@code SignalMessage} or {@code PreKeySignalMessage}: a
 * version byte, a Protocol Buffers message, and eight bytes of MAC behind a message that opens no session.
 */
public final class KeyForm {

    private static final int ABSENT = -1;
    private static final int NUMBER = -2;

    private static final int MOST_FIELDS = 16;
    private static final int KNOWN_FIELDS = 7;
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int LONGEST_VARINT = 10;

    private static final int MAC_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int TYPED_KEY_BYTES = 33;
    private static final int LEGACY_MAC_BYTES = 8;
    private static final int LEAST_LEGACY_VERSION = 3;

    /** From so many bytes on it is no accident if all of them are characters that people read. */
    private static final int READABLE_BYTES = 32;

    private final Base64Text data;
    private final int end;
    /** By field number: how long it is, or one of the two above. */
    private final int[] fields = new int[KNOWN_FIELDS];
    private int at;

    private KeyForm(Base64Text data, int start, int end) {
        this.data = data;
        this.at = start;
        this.end = end;
        Arrays.fill(fields, ABSENT);
    }

    /** Whether a ratchet of this family could have written the key. */
    public static boolean isPlausible(Family family, EncryptedKey key) {
        return family == Family.LEGACY ? isLegacy(key) : isOmemo(key);
    }

    private static boolean isOmemo(EncryptedKey key) {
        KeyForm form = new KeyForm(key.data(), 0, key.data().byteLength());
        if (!form.read()) {
            return false;
        }
        return key.keyExchange()
            ? form.isNumber(2) && form.isBytes(3, KEY_BYTES) && form.isBytes(4, KEY_BYTES) && form.isNotEmpty(5)
            : form.isBytes(1, MAC_BYTES) && form.isNotEmpty(2);
    }

    private static boolean isLegacy(EncryptedKey key) {
        int version = key.data().byteAt(0);
        if (version >> 4 < LEAST_LEGACY_VERSION || (version & 0xF) < LEAST_LEGACY_VERSION) {
            return false;
        }
        int end = key.data().byteLength() - (key.keyExchange() ? 0 : LEGACY_MAC_BYTES);
        KeyForm form = new KeyForm(key.data(), 1, end);
        if (!form.read()) {
            return false;
        }
        return key.keyExchange()
            ? form.isBytes(2, TYPED_KEY_BYTES) && form.isBytes(3, TYPED_KEY_BYTES) && form.isNotEmpty(4) && form.isNumber(6)
            : form.isBytes(1, TYPED_KEY_BYTES) && form.isNotEmpty(4);
    }

    /** Whether a payload is anything else than one byte over and over, or text that is merely spelt as base64. */
    public static boolean isPlausible(Base64Text payload) {
        int bytes = payload.byteLength();
        boolean same = bytes > 1;
        boolean readable = bytes >= READABLE_BYTES;
        int first = payload.byteAt(0);
        for (int i = 0; (same || readable) && i < bytes; i++) {
            int one = payload.byteAt(i);
            same &= one == first;
            readable &= one >= ' ' && one < 0x7F || one == '\n' || one == '\r' || one == '\t';
        }
        return !same && !readable;
    }

    /** Goes over the fields; false if they do not fill the data exactly. */
    private boolean read() {
        for (int count = 0; at < end; count++) {
            long tag = varint();
            if (tag < 1 << 3 || count == MOST_FIELDS) {
                return false;
            }
            long field = tag >>> 3;
            int length;
            switch ((int) (tag & 7)) {
                case VARINT -> length = varint() < 0 ? ABSENT : NUMBER;
                case LENGTH_DELIMITED -> {
                    long bytes = varint();
                    length = bytes < 0 || bytes > end - at ? ABSENT : (int) bytes;
                    at += Math.max(length, 0);
                }
                default -> length = ABSENT;
            }
            if (length == ABSENT) {
                return false;
            }
            if (field < KNOWN_FIELDS) {
                fields[(int) field] = length;
            }
        }
        return true;
    }

    /** Negative if there is none. */
    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
            int one = data.byteAt(at++);
            value |= (long) (one & 0x7F) << 7 * i;
            if (one < 0x80) {
                return value;
            }
        }
        return ABSENT;
    }

    private boolean isNumber(int field) {
        return fields[field] == NUMBER;
    }

    private boolean isBytes(int field, int length) {
        return fields[field] == length;
    }

    private boolean isNotEmpty(int field) {
        return fields[field] > 0;
    }
}
