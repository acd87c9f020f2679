package org.igniterealtime.openfire.plugin.omemo.core.session;

import org.whispersystems.libsignal.IdentityKeyPair;
import org.whispersystems.libsignal.InvalidKeyException;
import org.whispersystems.libsignal.SessionBuilder;
import org.whispersystems.libsignal.SessionCipher;
import org.whispersystems.libsignal.SignalProtocolAddress;
import org.whispersystems.libsignal.protocol.CiphertextMessage;
import org.whispersystems.libsignal.protocol.PreKeySignalMessage;
import org.whispersystems.libsignal.protocol.SignalMessage;
import org.whispersystems.libsignal.state.PreKeyBundle;
import org.whispersystems.libsignal.state.PreKeyRecord;
import org.whispersystems.libsignal.state.SignedPreKeyRecord;
import org.whispersystems.libsignal.state.impl.InMemorySignalProtocolStore;
import org.whispersystems.libsignal.util.KeyHelper;

/** A device of the peer that the core is measured against, signal-protocol-java, with its store in memory. */
final class SignalDevice {

    private static final int ID = 1;

    final SignalProtocolAddress address;
    final InMemorySignalProtocolStore store;
    final PreKeyRecord preKey = KeyHelper.generatePreKeys(ID, 1).get(0);
    private final SignedPreKeyRecord signedPreKey;

    SignalDevice(String name) throws InvalidKeyException {
        IdentityKeyPair identity = KeyHelper.generateIdentityKeyPair();
        address = new SignalProtocolAddress(name, ID);
        store = new InMemorySignalProtocolStore(identity, KeyHelper.generateRegistrationId(false));
        signedPreKey = KeyHelper.generateSignedPreKey(identity, ID);
        store.storeSignedPreKey(ID, signedPreKey);
        store.storePreKey(ID, preKey);
    }

    PreKeyBundle bundle() {
        return new PreKeyBundle(store.getLocalRegistrationId(), ID, ID, preKey.getKeyPair().getPublicKey(), ID,
            signedPreKey.getKeyPair().getPublicKey(), signedPreKey.getSignature(),
            store.getIdentityKeyPair().getPublicKey());
    }

    SessionCipher with(SignalDevice other) {
        return new SessionCipher(store, other.address);
    }

    /** A key exchange with this device's first message to another. */
    CiphertextMessage begin(SignalDevice other, byte[] plaintext) throws Exception {
        new SessionBuilder(store, other.address).process(other.bundle());
        return with(other).encrypt(plaintext);
    }

    /** A session in both directions. */
    void talkTo(SignalDevice other) throws Exception {
        CiphertextMessage first = begin(other, new byte[64]);
        other.with(this).decrypt(new PreKeySignalMessage(first.serialize()));
        CiphertextMessage answer = other.with(this).encrypt(new byte[64]);
        with(other).decrypt(new SignalMessage(answer.serialize()));
    }
}
