package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceKeys;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of all accounts, to be searched. */
public abstract class DevicesPage extends Page {

    private static final org.igniterealtime.openfire.plugin.omemo.stats.Page<DeviceRow> NONE =
        new org.igniterealtime.openfire.plugin.omemo.stats.Page<>(List.of(), Optional.empty());
    private static final Logger LOG = LoggerFactory.getLogger(DevicesPage.class);
    private static final int ROWS = 50;
    private static final int MOST_ALARMS = 20;

    /** What is published is asked for so long; what is not known by then is left open. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);

    @Override
    protected DevicesModel show(Visit visit) {
        DeviceSearch search = DeviceSearch.of(visit);
        KeyDesk keys = Console.running().keys();
        Optional<String> after = Optional.of(visit.text("after")).filter(text -> !text.isEmpty());
        Instant now = Instant.now();
        Reading reading = visit.reading();
        List<IdentityEntry> alarms = reading.of("alarms", List.<IdentityRow>of(), () -> keys.identities().alarms(MOST_ALARMS))
            .stream().map(IdentityEntry::of).toList();
        if (!search.problems().isEmpty()) {
            return new DevicesModel(search, alarms, List.of(), "", true, reading.isComplete());
        }
        var found = reading.of("devices", NONE, () -> page(keys, search.filter(), now, after));
        Map<String, AccountKeys> published = published(keys, found.rows());
        return new DevicesModel(search, alarms, found.rows().stream().map(row -> entry(row, published)).toList(),
            found.next().orElse(""), after.isEmpty(), reading.isComplete());
    }

    /** An address that leads nowhere leads to the first page. */
    private static org.igniterealtime.openfire.plugin.omemo.stats.Page<DeviceRow> page(KeyDesk keys, DeviceFilter filter,
        Instant now, Optional<String> after) throws IOException {
        try {
            return keys.devices().page(filter, now, after, ROWS);
        } catch (IllegalArgumentException e) {
            return keys.devices().page(filter, now, Optional.empty(), ROWS);
        }
    }

    private static DeviceEntry entry(DeviceRow row, Map<String, AccountKeys> published) {
        Optional<AccountKeys> keys = Optional.ofNullable(published.get(row.account()));
        return DeviceEntry.of(row.account(), Optional.of(row), Family.ofLabel(row.family())
            .flatMap(family -> keys.flatMap(known -> DeviceKeys.of(known, family, row.deviceId()))));
    }

    /** By the accounts; without those that cannot be read at once. */
    private static Map<String, AccountKeys> published(KeyDesk keys, List<DeviceRow> rows) {
        Map<String, CompletableFuture<AccountKeys>> asked = new HashMap<>();
        rows.forEach(row -> BareJid.of(row.account())
            .ifPresent(account -> asked.computeIfAbsent(row.account(), name -> keys.read(account))));
        long end = System.nanoTime() + LONGEST_LOOK.toNanos();
        Map<String, AccountKeys> published = new HashMap<>();
        asked.forEach((account, answer) -> {
            try {
                published.put(account, answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("The keys of {} are not known now: {}", account, e.toString());
            }
        });
        return published;
    }
}
