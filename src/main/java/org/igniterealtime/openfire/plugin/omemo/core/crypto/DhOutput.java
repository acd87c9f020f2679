package org.igniterealtime.openfire.plugin.omemo.core.crypto;

/** What X25519 gives for a private and a public key: 32 bytes, never all zero. Input of a key derivation. */
public final class DhOutput extends Secret {

    DhOutput(byte[] bytes) {
        super(bytes);
    }
}
