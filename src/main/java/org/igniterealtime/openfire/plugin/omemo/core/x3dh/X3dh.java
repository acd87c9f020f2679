package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.DhOutput;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SharedSecret;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKeyPair;

/** X3DH (the paper's section 3) with Curve25519, SHA-256 and the info string of OMEMO. A initiates, B responds. */
public final class X3dh {

    private X3dh() {
    }

    /**
     * A agrees with what B has published (section 3.3).
     *
     * @param identity IK_A
     * @param bundle IK_B and SPK_B, verified
     * @param oneTime OPK_B, one of the bundle's, if there is one
     * @throws OmemoException INVALID_KEY if a key of B is of low order
     */
    public static Initiation initiate(
            IdentityKeyPair identity, PreKeyBundle bundle, Optional<PreKey> oneTime, SecureRandom random)
            throws OmemoException {
        EphemeralKeyPair ephemeral = EphemeralKeyPair.generate(random);
        SignedPreKey signed = bundle.signedPreKey();
        List<DhOutput> outputs = new ArrayList<>(4);
        outputs.add(identity.agree(signed));
        outputs.add(ephemeral.agree(bundle.identityKey()));
        outputs.add(ephemeral.agree(signed));
        if (oneTime.isPresent()) {
            outputs.add(ephemeral.agree(oneTime.get()));
        }
        AssociatedData associated =
            AssociatedData.of(bundle.encoding(), identity.publicKey(), bundle.identityKey());
        KeyExchangeHeader header = new KeyExchangeHeader(
            identity.publicKey(), bundle.encoding(), ephemeral.publicKey(), signed.id(),
            oneTime.map(key -> OptionalInt.of(key.id())).orElse(OptionalInt.empty()));
        return new Initiation(new Agreement(SharedSecret.derive(outputs), associated), header);
    }

    /**
     * B agrees with what A tells (section 3.4).
     *
     * @param identity IK_B
     * @param signed the SPK_B that the header names
     * @param oneTime the OPK_B that the header names, if it names one
     * @throws OmemoException INVALID_KEY if a key of A is of low order
     * @throws IllegalArgumentException if these are not the prekeys that the header names
     */
    public static Agreement respond(
            IdentityKeyPair identity, SignedPreKeyPair signed, Optional<PreKeyPair> oneTime, KeyExchangeHeader header)
            throws OmemoException {
        requireNamed(signed, oneTime, header);
        IdentityKey theirs = header.identityKey();
        EphemeralKey ephemeral = header.ephemeralKey();
        List<DhOutput> outputs = new ArrayList<>(4);
        outputs.add(signed.agree(theirs));
        outputs.add(identity.agree(ephemeral));
        outputs.add(signed.agree(ephemeral));
        if (oneTime.isPresent()) {
            outputs.add(oneTime.get().agree(ephemeral));
        }
        return new Agreement(
            SharedSecret.derive(outputs), AssociatedData.of(header.encoding(), theirs, identity.publicKey()));
    }

    private static void requireNamed(
            SignedPreKeyPair signed, Optional<PreKeyPair> oneTime, KeyExchangeHeader header) {
        OptionalInt oneTimeId = oneTime.map(key -> OptionalInt.of(key.id())).orElse(OptionalInt.empty());
        if (signed.id() != header.signedPreKeyId() || !oneTimeId.equals(header.preKeyId())) {
            throw new IllegalArgumentException("the key exchange names other prekeys");
        }
    }
}
