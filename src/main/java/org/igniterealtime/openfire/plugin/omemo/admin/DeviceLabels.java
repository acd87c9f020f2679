package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedDevices;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What users call their devices, as they have published it. */
final class DeviceLabels {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceLabels.class);

    /** What is not known by then is left open. */
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);

    private DeviceLabels() {
    }

    /** By accounts and device ids; without those that cannot be read at once. */
    static Map<BareJid, Map<Integer, String>> of(Collection<BareJid> accounts) {
        Map<BareJid, CompletableFuture<AccountKeys>> asked = new HashMap<>();
        accounts.forEach(account -> asked.put(account, Console.running().keys().read(account)));
        long end = System.nanoTime() + LONGEST_LOOK.toNanos();
        Map<BareJid, Map<Integer, String>> labels = new HashMap<>();
        asked.forEach((account, answer) -> {
            try {
                labels.put(account,
                    PublishedDevices.labels(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("The labels of {} are not known now: {}", account, e.toString());
            }
        });
        return labels;
    }
}
