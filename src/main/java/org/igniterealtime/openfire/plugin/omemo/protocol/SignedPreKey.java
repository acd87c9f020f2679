package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * The signed prekey of a bundle: {@code <spk>} and {@code <spks>}, legacy {@code <signedPreKeyPublic>} and
 * {@code <signedPreKeySignature>}.
 *
 * @param id        0 to 2^31-1, see {@link PreKey#id()}
 * @param publicKey 32 bytes, legacy 33
 * @param signature 64 bytes, by the identity key over the public key; not verified here
 */
public record SignedPreKey(int id, Base64Text publicKey, Base64Text signature) {

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    /** @throws IllegalArgumentException if the id is negative or the signature has not 64 bytes */
    public SignedPreKey {
        Check.that(id >= 0, "the id of a prekey is between 0 and 2^31-1");
        Check.length(signature, SIGNATURE_BYTES, SIGNATURE_BYTES);
    }
}
