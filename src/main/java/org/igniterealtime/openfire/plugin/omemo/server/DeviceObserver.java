package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.FamilyKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyWatch;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedDevices;
import org.igniterealtime.openfire.plugin.omemo.keys.RateLimit;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts.Listed;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts.Published;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityChange;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings.Sighting;
import org.igniterealtime.openfire.plugin.omemo.stats.Unanswered;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the table of devices true: whose keys were read or published is noted in memory, on any thread, and written by
 * {@link #write} on one, a bounded number of accounts at a time.
 */
final class DeviceObserver implements KeyWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceObserver.class);

    private static final int MOST_ACCOUNTS = 50_000;
    private static final int MOST_PUBLISHERS = 5_000;
    private static final int MOST_OF_A_PUBLISHER = 100;
    private static final int ACCOUNTS_AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 200;
    private static final int COUNTS_AT_ONCE = 2_000;
    private static final int LONGEST_READING_SECONDS = 5;

    /** Clients publish the bundle first and the list after it. */
    private static final long LONGEST_WAIT_FOR_LIST_MILLIS = Duration.ofMinutes(10).toMillis();

    /** How exact it is when a device was last seen. */
    private static final Duration SEEN_PRECISION = Duration.ofMinutes(5);

    private final KeyDirectory directory;
    private final DeviceTable table;
    private final Sightings sightings;
    private final Predicate<BareJid> unobserved;
    private final Set<BareJid> learned = new LinkedHashSet<>();
    private final Set<BareJid> deleted = new LinkedHashSet<>();
    private final Map<BareJid, List<Published>> published = new HashMap<>();
    /** What was written of an account, so that it is not looked up again as long as it is the same. */
    private final Cache<BareJid, Integer> written =
        Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).expireAfterWrite(Duration.ofDays(1)).build();
    private final Cache<Seen, Boolean> seenLately =
        Caffeine.newBuilder().maximumSize(2 * MOST_ACCOUNTS).expireAfterWrite(SEEN_PRECISION).build();
    private final RateLimit<BareJid> warnings = new RateLimit<>(1, 1);
    private volatile boolean on;

    private record Seen(String account, String family, int deviceId) {
    }

    /** @param unobserved whether an account is no user's, and nothing is kept of it */
    DeviceObserver(KeyDirectory directory, DeviceTable table, Sightings sightings, Predicate<BareJid> unobserved) {
        this.directory = directory;
        this.table = table;
        this.sightings = sightings;
        this.unobserved = unobserved;
    }

    /** From now on devices are observed, or not. */
    void observe(boolean wanted) {
        on = wanted;
        if (!wanted) {
            synchronized (this) {
                learned.clear();
                published.clear();
            }
            written.invalidateAll();
            seenLately.invalidateAll();
        }
    }

    /** They may be others than before. */
    @Override
    public synchronized void read(BareJid owner) {
        if (on && learned.size() < MOST_ACCOUNTS && !unobserved.test(owner)) {
            learned.add(owner);
        }
    }

    /** An account has published, and it is stored. */
    void published(BareJid owner, OmemoNode node, List<Element> items, long millis) {
        if (!on || unobserved.test(owner)) {
            return;
        }
        List<Published> bundles = new ArrayList<>();
        if (node.content() == OmemoNode.Content.BUNDLES) {
            for (Element item : items) {
                PublishedDevices.ofBundle(node, List.of(item)).ifPresent(device -> item.elements().stream().findFirst()
                    .flatMap(FamilyKeys::fingerprint).ifPresent(fingerprint -> bundles.add(
                        new Published(node.family().label(), device, hexadecimal(fingerprint), true, millis))));
            }
        }
        bundles.forEach(bundle ->
            sightings.unanswered().answered(owner.toString(), node.family(), bundle.deviceId()));
        read(owner);
        note(owner, bundles);
    }

    private synchronized void note(BareJid owner, List<Published> bundles) {
        if (bundles.isEmpty() || !published.containsKey(owner) && published.size() >= MOST_PUBLISHERS) {
            return;
        }
        List<Published> all = published.computeIfAbsent(owner, key -> new ArrayList<>());
        bundles.stream().limit(MOST_OF_A_PUBLISHER - all.size()).forEach(all::add);
    }

    /** An account is no more. */
    synchronized void forget(BareJid owner) {
        learned.remove(owner);
        published.remove(owner);
        written.invalidate(owner);
        if (deleted.size() < MOST_ACCOUNTS) {
            deleted.add(owner);
        }
    }

    private synchronized List<BareJid> takeDeleted() {
        List<BareJid> taken = List.copyOf(deleted);
        deleted.clear();
        return taken;
    }

    private void writeDeletions() throws IOException {
        List<BareJid> left = new ArrayList<>(takeDeleted());
        try {
            while (!left.isEmpty()) {
                table.forget(left.get(0).toString());
                left.remove(0);
            }
        } finally {
            left.forEach(this::forget);
        }
    }

    /**
     * Writes what was noted. How many messages were sent to devices waits a while, so that a busy room does not become a
     * busy database.
     *
     * @param isLast whether nothing may wait
     * @throws IOException if the database cannot be used; what is not written waits
     */
    void write(long now, boolean isLast) throws IOException {
        if (!on) {
            return;
        }
        writeDeletions();
        List<Sighting> seen = sightings.drain(ACCOUNTS_AT_ONCE);
        try {
            Set<BareJid> unknown = new HashSet<>();
            for (Sighting sighting : seen) {
                BareJid.of(sighting.account())
                    .filter(account -> written.getIfPresent(account) == null && !unobserved.test(account))
                    .ifPresent(unknown::add);
            }
            for (BareJid owner : take(unknown)) {
                write(owner, now);
            }
            seen.removeIf(sighting -> seenLately.getIfPresent(key(sighting)) != null);
            while (!seen.isEmpty()) {
                List<Sighting> some = seen.subList(0, Math.min(ROWS_AT_ONCE, seen.size()));
                table.seen(some);
                some.forEach(sighting -> seenLately.put(key(sighting), Boolean.TRUE));
                some.clear();
            }
        } finally {
            sightings.giveBack(seen);
        }
        writeUnanswered(isLast ? Long.MAX_VALUE : now - SEEN_PRECISION.toMillis(),
            isLast ? Unanswered.MOST_DEVICES : COUNTS_AT_ONCE);
    }

    /** After the signs that came before. */
    private void writeUnanswered(long until, int most) throws IOException {
        List<Unanswered.Count> counts = sightings.unanswered().drain(until, most);
        try {
            while (!counts.isEmpty()) {
                List<Unanswered.Count> some = counts.subList(0, Math.min(ROWS_AT_ONCE, counts.size()));
                table.unanswered(some);
                // The next sign is to be written at once.
                some.forEach(count -> seenLately.invalidate(new Seen(count.account(), count.family(), count.deviceId())));
                some.clear();
            }
        } finally {
            sightings.unanswered().giveBack(counts);
        }
    }

    private static Seen key(Sighting sighting) {
        return new Seen(sighting.account(), sighting.family(), sighting.deviceId());
    }

    private synchronized List<BareJid> take(Set<BareJid> unknown) {
        Set<BareJid> taken = new LinkedHashSet<>(published.keySet());
        taken.addAll(unknown);
        for (Iterator<BareJid> each = learned.iterator(); each.hasNext() && taken.size() < ACCOUNTS_AT_ONCE; ) {
            taken.add(each.next());
            each.remove();
        }
        return taken.stream().limit(ACCOUNTS_AT_ONCE).toList();
    }

    private void write(BareJid owner, long now) throws IOException {
        AccountKeys keys;
        try {
            keys = directory.read(owner).copy().orTimeout(LONGEST_READING_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            // It is read again when somebody asks for it.
            return;
        }
        List<Published> waiting = takePublished(owner);
        hasBeenRead(owner);
        DeviceFacts facts = facts(owner, keys, waiting, now);
        int digest = List.of(facts.families(), facts.listed(), facts.published().stream()
            .map(found -> found.family() + found.deviceId() + found.fingerprint()).toList()).hashCode();
        if (waiting.isEmpty() && Integer.valueOf(digest).equals(written.getIfPresent(owner))) {
            return;
        }
        boolean isWritten = false;
        try {
            DeviceTable.Written result = table.write(facts);
            isWritten = true;
            written.put(owner, waiting.isEmpty() ? digest : 0);
            note(owner, result.unlisted().stream()
                .filter(bundle -> bundle.isNew() && now - bundle.millis() < LONGEST_WAIT_FOR_LIST_MILLIS).toList());
            result.changes().forEach(change -> alarm(owner, change));
        } finally {
            if (!isWritten) {
                read(owner);
                note(owner, waiting);
            }
        }
    }

    /** Reading it was to be written, not to be read again. */
    private synchronized void hasBeenRead(BareJid owner) {
        learned.remove(owner);
    }

    private synchronized List<Published> takePublished(BareJid owner) {
        List<Published> taken = published.remove(owner);
        return taken == null ? List.of() : taken;
    }

    private static DeviceFacts facts(BareJid owner, AccountKeys keys, List<Published> waiting, long now) {
        Set<String> families = new HashSet<>();
        List<Listed> listed = new ArrayList<>();
        List<Published> bundles = new ArrayList<>(waiting);
        for (FamilyKeys found : FamilyKeys.of(keys)) {
            String family = found.family().label();
            if (found.isListKnown()) {
                families.add(family);
            }
            found.listed().forEach(device -> listed.add(new Listed(family, device.id(), device.label())));
            Set<Integer> ids = new HashSet<>();
            found.listed().forEach(device -> ids.add(device.id()));
            found.fingerprints().forEach((device, fingerprint) -> {
                if (ids.contains(device)) {
                    bundles.add(new Published(family, device, hexadecimal(fingerprint), false, now));
                }
            });
        }
        return new DeviceFacts(owner.toString(), families, listed, bundles, now);
    }

    private static String hexadecimal(Fingerprint fingerprint) {
        return HexFormat.of().formatHex(fingerprint.toBytes());
    }

    private void alarm(BareJid owner, IdentityChange change) {
        if (warnings.allows(owner)) {
            LOG.warn("The identity key of device {} ({}) of {} has changed.", change.deviceId(), change.family(), owner);
        }
    }
}
