package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Who has which devices and bundles: the keys of the server's accounts, remembered for as long as they are true.
 *
 * <p>The rule by which a change is never followed by a stale answer: whatever reads or changes the stored keys of an
 * account is done on the account's lane, one after the other. From the moment in which a change is asked for until it is
 * stored, nothing of the account is known, so that every question queues behind the change; whoever made it is answered
 * after that. A reading is remembered only if no change was asked for, here or on another node of the cluster, between
 * its first moment and its last. What nobody tells us of, such as a hand in the database, is noticed within
 * {@link #LONGEST_TRUST}.
 */
public final class KeyDirectory implements AutoCloseable {

    /** How long what was read once is believed. */
    public static final Duration LONGEST_TRUST = Duration.ofMinutes(15);

    /** How long another node of the cluster may take for a change of which it never tells the end. */
    private static final Duration LONGEST_CHANGE_ELSEWHERE = Duration.ofMinutes(1);

    private static final int LANES = 8;
    private static final int MOST_WAITING_IN_A_LANE = 5_000;

    /** How many changes of one account may wait, so that others on its lane need not wait for thousands of them. */
    private static final int MOST_CHANGES_OF_AN_ACCOUNT = 200;

    /** An account that takes a larger share of the memory than this is read anew each time. */
    private static final int SMALLEST_SHARE = 16;

    /**
     * What is under way for an account.
     *
     * @param changes how many changes were asked for and are not stored yet
     * @param reading the one that those who ask now may wait for; null if there is none
     */
    private record UnderWay(int changes, CompletableFuture<AccountKeys> reading) {

        static final UnderWay NOTHING = new UnderWay(0, null);

        /** As it is kept: null for nothing. */
        UnderWay orNull() {
            return changes == 0 && reading == null ? null : this;
        }
    }

    private final KeySource source;
    private final long mostBytes;
    private final Cache<BareJid, AccountKeys> known;
    private final RecentLists lately = new RecentLists();
    private final ConcurrentHashMap<BareJid, UnderWay> underWay = new ConcurrentHashMap<>();
    private volatile boolean ended;
    private final List<KeyWatch> watches = new CopyOnWriteArrayList<>();
    private final Lanes lanes = new Lanes(LANES, MOST_WAITING_IN_A_LANE);
    private final Cache<String, BareJid> changesElsewhere = Caffeine.newBuilder()
        .expireAfterWrite(LONGEST_CHANGE_ELSEWHERE).executor(Runnable::run)
        .removalListener((String change, BareJid owner, RemovalCause cause) -> end(owner, false)).build();

    /** @param mostBytes how much memory may be used for what is remembered, roughly */
    public KeyDirectory(KeySource source, long mostBytes) {
        this.source = source;
        this.mostBytes = mostBytes;
        known = Caffeine.newBuilder().maximumWeight(mostBytes).expireAfterWrite(LONGEST_TRUST).executor(Runnable::run)
            .weigher((BareJid owner, AccountKeys keys) -> (int) Math.min(Integer.MAX_VALUE, keys.bytes())).build();
    }

    /** From now on this one is told, too. */
    public void watch(KeyWatch watch) {
        watches.add(watch);
    }

    /** The keys of an account, if they can be told without waiting. */
    public Optional<AccountKeys> known(BareJid owner) {
        UnderWay doing = underWay.get(owner);
        return doing != null && doing.changes > 0 ? Optional.empty() : Optional.ofNullable(known.getIfPresent(owner));
    }

    /** Whether a device was on an account's list until a few minutes ago, as far as that is remembered. */
    public boolean wasListedLately(BareJid owner, Family family, int device) {
        return lately.had(owner, family, device);
    }

    /** Whether there is room for what nobody has asked for yet: half of the memory is kept for what is asked for. */
    public boolean hasRoom() {
        return known.policy().eviction().orElseThrow().weightedSize().orElse(0) < mostBytes / 2;
    }

    /**
     * The keys of an account as they are after all changes that were asked for before.
     *
     * @return fails with {@link RejectedExecutionException} when too much is waiting already, and with whatever the source
     *     throws
     */
    public CompletableFuture<AccountKeys> read(BareJid owner) {
        Optional<AccountKeys> keys = known(owner);
        if (keys.isPresent()) {
            return CompletableFuture.completedFuture(keys.get());
        }
        changesElsewhere.cleanUp();
        try {
            return underWay.compute(owner, (account, doing) -> {
                UnderWay before = doing == null ? UnderWay.NOTHING : doing;
                if (before.reading != null) {
                    return before;
                }
                CompletableFuture<AccountKeys> reading = new CompletableFuture<>();
                lanes.execute(owner, () -> read(owner, reading));
                return new UnderWay(before.changes, reading);
            }).reading;
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void read(BareJid owner, CompletableFuture<AccountKeys> reading) {
        AccountKeys keys = null;
        Throwable failure = null;
        try {
            keys = unlessEnded(() -> source.read(owner));
            watches.forEach(watch -> watch.read(owner));
        } catch (Throwable e) {
            failure = e;
        }
        AccountKeys found = keys;
        underWay.computeIfPresent(owner, (account, doing) -> {
            if (doing.reading != reading) {
                return doing;
            }
            if (doing.changes == 0 && found != null && found.bytes() <= mostBytes / SMALLEST_SHARE) {
                known.put(owner, found);
            }
            return new UnderWay(doing.changes, null).orNull();
        });
        if (failure == null) {
            reading.complete(found);
        } else {
            reading.completeExceptionally(failure);
        }
    }

    /**
     * Looks at the stored keys of an account behind all changes that were asked for before. Nothing is remembered of it.
     *
     * @param question changes nothing
     * @return as with {@link #read}
     */
    public <T> CompletableFuture<T> ask(BareJid owner, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            lanes.execute(owner, () -> {
                try {
                    answer.complete(unlessEnded(question));
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /**
     * Changes the stored keys of an account.
     *
     * @param change does it and returns when it is stored
     * @return what the change returns, when nothing stale can be read any more. Fails with
     *     {@link RejectedExecutionException} when too much is waiting already; nothing is changed then
     */
    public <T> CompletableFuture<T> change(BareJid owner, Supplier<T> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            begin(owner, MOST_CHANGES_OF_AN_ACCOUNT, () -> lanes.execute(owner, () -> change(owner, change, done)));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private <T> void change(BareJid owner, Supplier<T> change, CompletableFuture<T> done) {
        T result = null;
        Throwable failure = null;
        try {
            result = unlessEnded(change);
        } catch (Throwable e) {
            failure = e;
        }
        end(owner, true);
        if (failure == null) {
            done.complete(result);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** @param most how many changes may be under way already */
    private void begin(BareJid owner, int most, Runnable enqueue) {
        underWay.compute(owner, (account, doing) -> {
            int before = doing == null ? 0 : doing.changes;
            if (before >= most) {
                throw new RejectedExecutionException("Too many changes of one account are waiting");
            }
            enqueue.run();
            invalidate(owner);
            return new UnderWay(before + 1, null);
        });
    }

    private <T> T unlessEnded(Supplier<T> work) {
        if (ended) {
            throw new RejectedExecutionException("The end came first");
        }
        return work.get();
    }

    /** @param onLane whether the change was made on the lane, so that a reading asked for since has yet to begin */
    private void end(BareJid owner, boolean onLane) {
        underWay.computeIfPresent(owner, (account, doing) -> {
            invalidate(owner);
            return new UnderWay(doing.changes - 1, onLane ? doing.reading : null).orNull();
        });
    }

    private void invalidate(BareJid owner) {
        Optional.ofNullable(known.asMap().remove(owner)).ifPresent(keys -> lately.note(owner, keys));
        watches.forEach(watch -> watch.changed(owner));
    }

    /** Another node of the cluster begins to change an account's keys. */
    public void beginsElsewhere(BareJid owner, String change) {
        begin(owner, Integer.MAX_VALUE, () -> { });
        changesElsewhere.put(change, owner);
    }

    /** Another node has stored its change. */
    public void endsElsewhere(String change) {
        changesElsewhere.invalidate(change);
    }

    /** An account's keys have changed, or may have. */
    public void forget(BareJid owner) {
        underWay.compute(owner, (account, doing) -> {
            invalidate(owner);
            return doing == null ? null : new UnderWay(doing.changes, null).orNull();
        });
    }

    /** Whatever was known may have changed. */
    public void forgetAll() {
        underWay.keySet().forEach(this::forget);
        known.invalidateAll();
        watches.forEach(KeyWatch::allChanged);
    }

    /** Takes no more questions and changes; those that wait are dealt with, or fail if that takes too long. */
    @Override
    public void close() {
        List<Runnable> left = lanes.close();
        ended = true;
        left.forEach(Runnable::run);
    }
}
