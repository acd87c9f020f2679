package org.igniterealtime.openfire.plugin.omemo.core.store;

import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** What the records of a {@link RecordStore} are called, and how they are read. */
final class RecordFormat {

    static final String OWN_DEVICE = "own-device";
    static final String SIGNED_PREKEYS = "signed-prekeys";
    static final String PREKEYS = "prekeys";

    private static final String SESSIONS = "sessions";
    private static final String DEVICE = "device";
    private static final String TRUST = "trust";
    private static final String MODE = "mode";

    private RecordFormat() {
    }

    static String sessions(DeviceAddress address) {
        return name(SESSIONS, address);
    }

    static String device(DeviceAddress address) {
        return name(DEVICE, address);
    }

    static String trust(BareJid jid) {
        return name(TRUST, jid);
    }

    static String mode(BareJid jid) {
        return name(MODE, jid);
    }

    private static String name(String kind, DeviceAddress address) {
        return kind + '/' + address.jid() + '/' + address.deviceId();
    }

    private static String name(String kind, BareJid jid) {
        return kind + '/' + jid;
    }

    /**
     * Puts what a record holds into a store.
     *
     * @throws OmemoException UNDECODABLE if it is no record of a store
     */
    static void restore(String name, byte[] bytes, InMemoryStore store) throws OmemoException {
        Stored.decode(() -> {
            String[] parts = name.split("/", -1);
            switch (parts[0]) {
                case OWN_DEVICE -> store.storeOwnDevice(OwnKeysCodec.decodeOwnDevice(bytes));
                case SIGNED_PREKEYS -> store.storeSignedPreKeys(OwnKeysCodec.decodeSignedPreKeys(bytes));
                case PREKEYS -> store.storePreKeys(OwnKeysCodec.decodePreKeys(bytes));
                case SESSIONS -> store.storeSessions(address(parts), SessionsCodec.decode(bytes));
                case DEVICE -> store.storeDevice(address(parts), DeviceCodec.decode(bytes));
                case TRUST -> {
                    BareJid jid = jid(parts);
                    TrustCodec.decode(bytes).forEach((fingerprint, trust) -> store.storeTrust(jid, fingerprint, trust));
                }
                case MODE -> store.storeMode(jid(parts), ModeCodec.decode(bytes));
                default -> throw new IllegalArgumentException("no record of a store");
            }
            return store;
        });
    }

    private static DeviceAddress address(String[] parts) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("no device");
        }
        return new DeviceAddress(Stored.jid(parts[1]), Integer.parseInt(parts[2]));
    }

    private static BareJid jid(String[] parts) {
        if (parts.length != 2) {
            throw new IllegalArgumentException("no account");
        }
        return Stored.jid(parts[1]);
    }
}
