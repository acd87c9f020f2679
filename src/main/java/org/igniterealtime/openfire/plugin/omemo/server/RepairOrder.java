package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * What an admin orders.
 *
 * @param account whose keys are meant; empty for those of all accounts
 * @param dry     whether nothing is to be changed
 * @param options what a repair may do
 * @param admin   who orders it, for the security audit log
 */
record RepairOrder(Optional<BareJid> account, boolean dry, RepairOptions options, String admin) {
}
