package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * A prekey of a bundle, for one key exchange: {@code <pk>}, legacy {@code <preKeyPublic>}.
 *
 * @param id        0 to 2^31-1. 0.8 begins at 1, but the examples of 0.4 begin at 0, and so do the bundles that
 *                  Converse publishes for legacy and 0.8
 * @param publicKey 32 bytes, legacy 33
 */
public record PreKey(int id, Base64Text publicKey) {

    /** @throws IllegalArgumentException if the id is negative */
    public PreKey {
        Check.that(id >= 0, "the id of a prekey is between 0 and 2^31-1");
    }
}
