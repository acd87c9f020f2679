package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingTally;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;
import org.igniterealtime.openfire.plugin.omemo.stats.Page;
import org.igniterealtime.openfire.plugin.omemo.store.ConnectionSource;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceQueries;
import org.igniterealtime.openfire.plugin.omemo.store.IdentityTable;

/** Published keys as admins look at them, and what they order to be done about those of one account. */
public final class KeyDesk {

    /** An admin who looks at a page does not wait longer, whatever keeps the database from answering. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KeyDirectory directory;
    private final AccountRepair repair;
    private final ConnectionSource source;

    KeyDesk(KeyDirectory directory, AccountRepair repair, ConnectionSource source) {
        this.directory = directory;
        this.repair = repair;
        this.source = source;
    }

    /** What an account has published, as it is now. */
    public CompletableFuture<AccountKeys> read(BareJid account) {
        return directory.read(account).copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The devices that were noticed. */
    public DeviceQueries devices() {
        return new DeviceQueries(source, KeySettings.deviceStateLimits());
    }

    /**
     * The devices of an account that are dead.
     *
     * @throws IOException if the database cannot be used
     */
    Map<Family, Set<Integer>> dead(BareJid account, Instant now) throws IOException {
        DeviceFilter filter = new DeviceFilter(Optional.of(account.toString()), Optional.empty(), Optional.empty(),
            OptionalInt.empty(), Optional.empty(), Optional.of(DeviceState.DEAD));
        Map<Family, Set<Integer>> dead = new EnumMap<>(Family.class);
        for (DeviceRow row : devices().page(filter, now, Optional.empty(), Page.MOST_ROWS).rows()) {
            Family.ofLabel(row.family()).ifPresent(family ->
                dead.computeIfAbsent(family, key -> new HashSet<>()).add(row.deviceId()));
        }
        return dead;
    }

    /** The identity keys that were noticed. */
    public IdentityTable identities() {
        return new IdentityTable(source);
    }

    /** What is wrong with an account's keys, and what a repair would change. */
    public HousekeepingReport survey(BareJid account, RepairOptions options) {
        return carryOut(new RepairOrder(Optional.of(account), true, options, ""), account);
    }

    /** Repairs an account's keys, as far as that does not take too long; an entry in the security audit log says what was changed. */
    public HousekeepingReport repair(BareJid account, RepairOptions options, String admin) {
        return carryOut(new RepairOrder(Optional.of(account), false, options, admin), account);
    }

    private HousekeepingReport carryOut(RepairOrder order, BareJid account) {
        HousekeepingTally tally = new HousekeepingTally();
        repair.carryOut(order, account, tally, PATIENCE);
        return tally.report();
    }

    /** What would be done to remove a device, from the list and with its bundle. */
    public List<RepairStep> removal(BareJid account, Family family, int device) {
        return repair.removal(account, family, device, PATIENCE);
    }

    /** Removes a device, and leaves an entry in the security audit log; returns what was done. */
    public List<RepairStep> remove(BareJid account, Family family, int device, String admin) {
        return repair.remove(account, family, device, admin, PATIENCE);
    }
}
