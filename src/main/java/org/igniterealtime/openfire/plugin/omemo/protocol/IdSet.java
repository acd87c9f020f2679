package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.security.SecureRandom;

/**
 * A set of non-negative ints. Open addressing, because boxing is what would cost most; the hash has a secret multiplier,
 * so that nobody can choose ids that collide.
 */
public final class IdSet {

    private static final int MULTIPLIER = new SecureRandom().nextInt() | 1;

    /** Ids plus one; 0 is a free slot. */
    private final int[] slots;
    private final int shift;

    /** A set with room for this many ids. */
    public IdSet(int capacity) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(capacity));
        slots = new int[1 << bits];
        shift = 32 - bits;
    }

    /** Adds the id; false if it was there. */
    public boolean add(int id) {
        int entry = id + 1;
        int mask = slots.length - 1;
        int slot = entry * MULTIPLIER >>> shift;
        while (slots[slot] != 0) {
            if (slots[slot] == entry) {
                return false;
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = entry;
        return true;
    }

    /** Whether the id was added. */
    public boolean contains(int id) {
        int entry = id + 1;
        int mask = slots.length - 1;
        int slot = entry * MULTIPLIER >>> shift;
        while (slots[slot] != 0) {
            if (slots[slot] == entry) {
                return true;
            }
            slot = slot + 1 & mask;
        }
        return false;
    }
}
