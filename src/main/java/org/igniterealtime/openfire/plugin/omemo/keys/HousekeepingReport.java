package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * What was found, and what was changed, in some or all accounts.
 *
 * @param accounts how many accounts were looked at
 * @param failed   how many of them could not be looked at, or not be repaired in full
 * @param totals   how often each thing was found; what was not found is not in it
 * @param findings the first of them, {@value HousekeepingTally#MOST_KEPT} at most
 * @param steps    how many steps were taken, or would be in a real repair
 * @param changes  the first of them, {@value HousekeepingTally#MOST_KEPT} at most
 */
public record HousekeepingReport(long accounts, long failed, Map<KeyFindingCode, Long> totals,
                                 List<AccountFinding> findings, long steps, List<AccountStep> changes) {

    /** A finding and the account in which it is. */
    public record AccountFinding(BareJid owner, KeyFinding finding) {
    }

    /** A step and the account in which it is taken, for people. */
    public record AccountStep(BareJid owner, String node, String description) {
    }

    /** How much was found. */
    public long found() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }
}
