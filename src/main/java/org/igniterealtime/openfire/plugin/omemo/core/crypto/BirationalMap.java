package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519Field;

/** The birational map between Curve25519 and Ed25519 (RFC 7748, section 4.1; XEdDSA, section 2.3). */
final class BirationalMap {

    private BirationalMap() {
    }

    /** Ed25519 form of a u-coordinate: y = (u - 1) / (u + 1), sign bit 0. Whether it is on the curve is not asked. */
    static byte[] toEdwards(byte[] u) {
        int[] numerator = decode(u);
        int[] denominator = X25519Field.create();
        X25519Field.copy(numerator, 0, denominator, 0);
        X25519Field.subOne(numerator);
        X25519Field.addOne(denominator);
        return quotient(numerator, denominator);
    }

    /** u-coordinate of a point in Ed25519 form: u = (1 + y) / (1 - y). Whether it is on the curve is not asked. */
    static byte[] toMontgomery(byte[] edwards) {
        byte[] y = edwards.clone();
        y[31] &= 0x7F;
        int[] numerator = decode(y);
        int[] denominator = X25519Field.create();
        X25519Field.one(denominator);
        X25519Field.sub(denominator, numerator, denominator);
        X25519Field.addOne(numerator);
        return quotient(numerator, denominator);
    }

    /** Whether u is less than p = 2^255-19, as XEdDSA demands of a public key (section 2.5). */
    static boolean isCanonical(byte[] u) {
        byte[] reduced = new byte[u.length];
        int[] value = decode(u);
        X25519Field.normalize(value);
        X25519Field.encode(value, reduced, 0);
        return Arrays.equals(u, reduced);
    }

    private static int[] decode(byte[] bytes) {
        int[] value = X25519Field.create();
        X25519Field.decode255(bytes, value);
        return value;
    }

    private static byte[] quotient(int[] numerator, int[] denominator) {
        X25519Field.carry(numerator);
        X25519Field.carry(denominator);
        int[] value = X25519Field.create();
        X25519Field.inv(denominator, value);
        X25519Field.mul(numerator, value, value);
        X25519Field.normalize(value);
        byte[] bytes = new byte[32];
        X25519Field.encode(value, bytes, 0);
        return bytes;
    }
}
