package org.igniterealtime.openfire.plugin.omemo.core.profile;

import static org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding.CURVE25519;
import static org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding.ED25519;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Everything in which XEP-0384 0.4 and 0.8+ differ for the core. The namespaces, the curve, the key derivations and
 * their info strings, the ratchet and its messages are the same in both.
 */
public enum Profile {

    /** XEP-0384 0.4. */
    OMEMO_1(Family.OMEMO_1, List.of(CURVE25519, ED25519), 32, EmptyMessage.EMPTY_CONTENT, Recovery.NEW_KEY_EXCHANGE,
        false),

    /** XEP-0384 0.8 and later. */
    OMEMO_2(Family.OMEMO_2, List.of(ED25519), 16, EmptyMessage.ZERO_KEY, Recovery.NONE, true);

    /** What a message without content carries. */
    public enum EmptyMessage {
        /** An encrypted payload whose SCE content is empty. */
        EMPTY_CONTENT,
        /** No payload; the ratchet carries 32 zero bytes in place of key and code. */
        ZERO_KEY
    }

    /** What to do about a message that is new and yet cannot be decrypted. */
    public enum Recovery {
        /** Answer with a new key exchange. */
        NEW_KEY_EXCHANGE,
        /** Nothing by itself. */
        NONE
    }

    private final Family family;
    private final List<IdentityEncoding> identityReadings;
    private final int payloadCodeLength;
    private final EmptyMessage emptyMessage;
    private final Recovery recovery;
    private final boolean preKeyRequired;

    Profile(Family family, List<IdentityEncoding> identityReadings, int payloadCodeLength, EmptyMessage emptyMessage,
            Recovery recovery, boolean preKeyRequired) {
        this.family = family;
        this.identityReadings = identityReadings;
        this.payloadCodeLength = payloadCodeLength;
        this.emptyMessage = emptyMessage;
        this.recovery = recovery;
        this.preKeyRequired = preKeyRequired;
    }

    /** The namespace and the nodes. */
    public Family family() {
        return family;
    }

    /** How identity keys are written in bundles, key exchanges and associated data. */
    public IdentityEncoding identityEncoding() {
        return identityReadings.get(0);
    }

    /**
     * How an identity key in a bundle may have to be read, the profile's own encoding first. 0.5 to 0.7 wrote the
     * Ed25519 point under the namespace of 0.4; the signature of the signed prekey verifies under one reading only.
     */
    public List<IdentityEncoding> identityReadings() {
        return identityReadings;
    }

    /** How much of the payload's message authentication code travels through the ratchet: 32 or 16 bytes. */
    public int payloadCodeLength() {
        return payloadCodeLength;
    }

    public EmptyMessage emptyMessage() {
        return emptyMessage;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** Whether a key exchange without one-time prekey is refused. */
    public boolean preKeyRequired() {
        return preKeyRequired;
    }
}
