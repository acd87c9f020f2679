package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.store.PreKeys;
import org.igniterealtime.openfire.plugin.omemo.core.store.SignedPreKeys;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.PreKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.SignedPreKey;

/** The bundle of this device, and what becomes of its keys (XEP-0384, section "Key Exchange"). */
final class OwnKeys {

    private final DeviceContext context;

    OwnKeys(DeviceContext context) {
        this.context = context;
    }

    /** The keys of a new device. */
    void generate() {
        context.store().storeSignedPreKeys(SignedPreKeys.generate(context.now(), context.random()));
        context.store().storePreKeys(PreKeys.generate(context.settings().preKeys(), context.random()));
    }

    SignedPreKeys signedPreKeys() {
        return context.store().signedPreKeys().orElseThrow();
    }

    PreKeys preKeys() {
        return context.store().preKeys().orElseThrow();
    }

    /** What others need to begin a session. */
    Bundle bundle() {
        IdentityKeyPair identity = context.own().identity();
        var signed = signedPreKeys().current().publicKey();
        List<PreKey> preKeys = new ArrayList<>();
        preKeys().published().forEach(
            pair -> preKeys.add(new PreKey(pair.id(), Base64Text.encode(pair.publicKey().toBytes()))));
        return new Bundle(context.profile().family(),
            new SignedPreKey(signed.id(), Base64Text.encode(signed.toBytes()),
                Base64Text.encode(identity.sign(signed).toBytes())),
            Base64Text.encode(context.profile().identityEncoding().encode(identity.publicKey())), preKeys);
    }

    /** Replaces the signed prekey if it is due, and prekeys that are missing; tells if the bundle has changed. */
    boolean maintain() {
        boolean due = signedPreKeys().isDue(context.settings().signedPreKeyPeriod(), context.now());
        boolean missing = preKeys().published().size() < context.settings().preKeys();
        if (due) {
            context.store().storeSignedPreKeys(signedPreKeys().rotate(context.now(), context.random()));
        }
        if (missing) {
            context.store().storePreKeys(preKeys().refill(context.settings().preKeys(), context.random()));
        }
        return due || missing;
    }

    /**
     * Replaces a prekey that somebody has used; tells if the bundle has changed.
     *
     * @param keep whether others may use it for a while
     */
    boolean use(OptionalInt preKeyId, boolean keep) {
        if (preKeyId.isEmpty()) {
            return false;
        }
        PreKeys before = preKeys();
        PreKeys after = before.withdraw(preKeyId.getAsInt(), keep)
            .refill(context.settings().preKeys(), context.random());
        context.store().storePreKeys(after);
        return !after.published().equals(before.published());
    }

    /** Forgets the used prekeys that were kept. */
    void forgetKept() {
        if (!preKeys().kept().isEmpty()) {
            context.store().storePreKeys(preKeys().withoutKept());
        }
    }
}
