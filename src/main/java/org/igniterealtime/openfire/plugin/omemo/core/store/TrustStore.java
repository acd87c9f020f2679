package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Keeps what the user thinks of identity keys. */
public interface TrustStore {

    /** The keys of this account that have been seen. */
    Map<Fingerprint, Trust> trust(BareJid jid);

    void storeTrust(BareJid jid, Fingerprint fingerprint, Trust trust);
}
