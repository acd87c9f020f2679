package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport.AccountFinding;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport.AccountStep;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Adds up a report, of which it can be asked at any time, by any thread. However much is found, it stays small. */
public final class HousekeepingTally {

    static final int MOST_KEPT = 1_000;

    private final Map<KeyFindingCode, Long> totals = new EnumMap<>(KeyFindingCode.class);
    private final List<AccountFinding> findings = new ArrayList<>();
    private final List<AccountStep> changes = new ArrayList<>();
    private long accounts;
    private long failed;
    private long steps;

    /** An account was looked at. */
    public synchronized void found(BareJid owner, List<KeyFinding> inAccount) {
        accounts++;
        for (KeyFinding finding : inAccount) {
            totals.merge(finding.code(), 1L, Long::sum);
            if (findings.size() < MOST_KEPT) {
                findings.add(new AccountFinding(owner, finding));
            }
        }
    }

    /** Steps were taken in an account, or would be. */
    public synchronized void changed(BareJid owner, List<RepairStep> inAccount) {
        steps += inAccount.size();
        for (RepairStep step : inAccount) {
            if (changes.size() < MOST_KEPT) {
                changes.add(new AccountStep(owner, step.node(), step.description()));
            }
        }
    }

    /** An account could not be looked at, or not be repaired in full. */
    public synchronized void failed() {
        failed++;
    }

    /** As it stands. */
    public synchronized HousekeepingReport report() {
        return new HousekeepingReport(accounts, failed, Map.copyOf(totals), List.copyOf(findings), steps,
            List.copyOf(changes));
    }
}
