package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Reads the keys of the members of a room that has a policy when somebody enters it, since that one will ask for them next.
 * It is done in the background, and so slowly that questions always find the store free.
 */
final class RoomWarmUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWarmUp.class);
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(5);
    private static final int MOST_ROOMS = 10_000;
    private static final int MOST_ROOMS_WAITING = 1_000;
    private static final int MOST_ACCOUNTS = 2_000;
    private static final int READINGS_AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 30;

    private final KeyDirectory directory;
    private final Rooms rooms;
    private final Supplier<PolicyBook> policies;
    private final Predicate<BareJid> isLocal;
    private final Cache<String, Boolean> recently = Caffeine.newBuilder()
        .maximumSize(MOST_ROOMS).expireAfterWrite(AT_MOST_EVERY).executor(Runnable::run).build();
    private final ThreadPoolExecutor worker = Workers.of("omemo-warm-up", 1, MOST_ROOMS_WAITING);

    /** @param isLocal whether an address belongs to an account of this server */
    RoomWarmUp(KeyDirectory directory, Rooms rooms, Supplier<PolicyBook> policies, Predicate<BareJid> isLocal) {
        this.directory = directory;
        this.rooms = rooms;
        this.policies = policies;
        this.isLocal = isLocal;
    }

    /** Somebody has entered a room. It returns at once. */
    void entered(JID room) {
        String address = room.toBareJID();
        if (policies.get().policyOf(address, room.getDomain()).mode() == Mode.OFF
            || recently.asMap().putIfAbsent(address, Boolean.TRUE) != null) {
            return;
        }
        try {
            worker.execute(() -> read(room));
        } catch (RejectedExecutionException e) {
            recently.invalidate(address);
        }
    }

    private void read(JID room) {
        Deque<CompletableFuture<?>> readings = new ArrayDeque<>();
        try {
            Optional<RoomPeople> people = rooms.people(room);
            if (people.isEmpty()) {
                return;
            }
            for (BareJid account : people.get().all(MOST_ACCOUNTS)) {
                if (isLocal.test(account) && directory.known(account).isEmpty()) {
                    if (readings.size() == READINGS_AT_ONCE) {
                        readings.remove().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    }
                    readings.add(directory.read(account));
                }
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // Whoever asks will see for himself; there is no use in asking on.
            LOG.info("The keys of the members of {} are not read ahead: {}", room, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
