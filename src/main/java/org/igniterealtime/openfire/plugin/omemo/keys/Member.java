package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * Somebody for whom messages to a room are.
 *
 * @param keys what is known of the account's keys; empty for one of another server, and for one that is yet to be looked at
 */
public record Member(BareJid account, Optional<Readiness> keys) {
}
