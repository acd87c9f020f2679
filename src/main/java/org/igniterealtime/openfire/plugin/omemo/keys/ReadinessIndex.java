package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which accounts are ready for OMEMO, so that nobody has to wait for the keys of a large room. What is not known is
 * looked for in the background, one account after the other; what changes is forgotten at once.
 */
public final class ReadinessIndex implements KeyWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessIndex.class);

    private static final int MOST_ACCOUNTS = 200_000;
    private static final int MOST_WAITING = 50_000;
    private static final int PATIENCE_SECONDS = 30;
    private static final int IDLE_SECONDS = 30;

    private final KeyDirectory directory;
    private final Function<BareJid, Map<Family, Set<Integer>>> dead;
    private final Cache<BareJid, Readiness> known = Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS)
        .expireAfterWrite(KeyDirectory.LONGEST_TRUST).executor(Runnable::run).build();
    /** Those that cannot be read are not tried again at each question. */
    private final Cache<BareJid, Boolean> failed = Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS)
        .expireAfterWrite(Duration.ofMinutes(1)).executor(Runnable::run).build();
    /** Whoever keeps what was known before keeps no more than one of a kind. */
    private final Interner<Readiness> alike = Interner.newWeakInterner();
    private final Set<BareJid> waiting = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor worker;
    private BareJid underWay;
    private boolean disturbed;

    /**
     * Watches the directory from now on.
     *
     * @param dead devices of an account that nobody needs to write to any more; asked in the background
     */
    public ReadinessIndex(KeyDirectory directory, Function<BareJid, Map<Family, Set<Integer>>> dead) {
        this.directory = directory;
        this.dead = dead;
        worker = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
                Thread thread = new Thread(task, "omemo-readiness");
                thread.setDaemon(true);
                return thread;
            });
        worker.allowCoreThreadTimeOut(true);
        directory.watch(this);
    }

    /** What is known of an account. If nothing is, it is looked for, and known a little later. It returns at once. */
    public Optional<Readiness> of(BareJid account) {
        Readiness readiness = known.getIfPresent(account);
        if (readiness == null && failed.getIfPresent(account) == null && waiting.add(account)) {
            try {
                worker.execute(() -> look(account));
            } catch (RejectedExecutionException e) {
                // Too many are waiting: it will be asked for again.
                waiting.remove(account);
            }
        }
        return Optional.ofNullable(readiness);
    }

    private void look(BareJid account) {
        begin(account);
        try {
            Readiness found = Readiness.of(directory.read(account).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            remember(account, alike.intern(found.devices().isEmpty() ? found : found.without(dead.apply(account))));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            failed.put(account, Boolean.TRUE);
            LOG.debug("The keys of {} cannot be read: {}", account, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(account);
        }
    }

    private synchronized void begin(BareJid account) {
        underWay = account;
        disturbed = false;
    }

    private synchronized void remember(BareJid account, Readiness found) {
        if (!disturbed) {
            known.put(account, found);
        }
        underWay = null;
    }

    @Override
    public synchronized void changed(BareJid owner) {
        known.invalidate(owner);
        failed.invalidate(owner);
        disturbed |= owner.equals(underWay);
    }

    @Override
    public synchronized void allChanged() {
        known.invalidateAll();
        failed.invalidateAll();
        disturbed = true;
    }

    /** What is being looked for is not waited for. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
