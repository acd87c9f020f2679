package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The keys for one account's devices: a {@code <keys>}, or in the legacy family, which does not say whose devices it
 * addresses, the whole header.
 *
 * @param jid  the account; absent in the legacy family and only there
 * @param keys at least one, each for another device
 */
public record Recipient(Optional<BareJid> jid, List<EncryptedKey> keys) {

    /** @throws IllegalArgumentException if there is no key, or two have the same rid */
    public Recipient {
        keys = List.copyOf(keys);
        Check.that(!keys.isEmpty(), "a recipient has at least one key");
        IdSet rids = new IdSet(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Check.that(rids.add(keys.get(i).rid()), "a recipient has one key for each rid");
        }
    }
}
