package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Signature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.x3dh.PreKeyBundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;

/**
 * A bundle as others publish it, its signature verified.
 *
 * @param keys what stays
 * @param preKeys those for one use each
 */
record PublishedBundle(PreKeyBundle keys, List<PreKey> preKeys) {

    /** @throws OmemoException as {@link PreKeyBundle#verify}; UNDECODABLE if it is of another family */
    static PublishedBundle verify(Profile profile, Bundle bundle) throws OmemoException {
        if (bundle.family() != profile.family()) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
        SignedPreKey signed =
            SignedPreKey.decode(bundle.signedPreKey().id(), bundle.signedPreKey().publicKey().decode());
        PreKeyBundle keys = PreKeyBundle.verify(profile, bundle.identityKey().decode(), signed,
            Signature.decode(bundle.signedPreKey().signature().decode()));
        List<PreKey> preKeys = new ArrayList<>(bundle.preKeys().size());
        for (var preKey : bundle.preKeys()) {
            preKeys.add(PreKey.decode(preKey.id(), preKey.publicKey().decode()));
        }
        return new PublishedBundle(keys, preKeys);
    }

    /** One of the one-time prekeys at random, so that two who write at once rarely choose the same. */
    PreKey anyPreKey(SecureRandom random) {
        return preKeys.get(preKeys.size() == 1 ? 0 : random.nextInt(preKeys.size()));
    }
}
