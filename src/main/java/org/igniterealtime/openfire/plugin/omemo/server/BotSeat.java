package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jivesoftware.openfire.cluster.ClusterEventListener;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to host bots, which one node of a cluster has at a time: the senior one, or whichever is alone. It is taken and
 * left on a thread of its own, one after the other, as soon as the cluster changes.
 */
public final class BotSeat implements ClusterEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(BotSeat.class);
    private static final int LOOK_EVERY_SECONDS = 5;

    /** How long a node that is to be in a cluster waits for it, and does not change anything meanwhile. */
    private static final int LONGEST_JOINING_LOOKS = 12;

    /** What this node is among the others. */
    enum Rank {
        /** There are no others, or the oldest of all is this one. */
        FIRST,
        /** Another one comes first. */
        LATER,
        /** It is to be in a cluster, and is in none at present. */
        JOINING
    }

    private final Supplier<Rank> rank;
    private final Runnable take;
    private final Runnable leave;
    private final ScheduledExecutorService worker;
    private boolean held;
    private int joiningLooks;

    /**
     * @param take  begins to host; when it fails it is tried again
     * @param leave ends it; a failure is only logged
     */
    public BotSeat(Runnable take, Runnable leave) {
        this(BotSeat::rank, take, leave);
    }

    BotSeat(Supplier<Rank> rank, Runnable take, Runnable leave) {
        this.rank = rank;
        this.take = take;
        this.leave = leave;
        worker = Workers.clock("omemo-bot-seat");
    }

    private static Rank rank() {
        if (ClusterManager.isClusteringStarted()) {
            return ClusterManager.isSeniorClusterMember() ? Rank.FIRST : Rank.LATER;
        }
        return ClusterManager.isClusteringEnabled() ? Rank.JOINING : Rank.FIRST;
    }

    /** Takes the seat as soon as it is this node's. It may be started once. */
    public void start() {
        ClusterManager.addListener(this);
        worker.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Leaves the seat. When this returns, that is done. */
    public void stop() {
        ClusterManager.removeListener(this);
        worker.shutdown();
        synchronized (this) {
            leave();
        }
    }

    /** What comes in late after the seat is left for good changes nothing. */
    synchronized void look() {
        if (worker.isShutdown()) {
            return;
        }
        Rank now = rank.get();
        joiningLooks = now == Rank.JOINING ? joiningLooks + 1 : 0;
        if (now == Rank.FIRST || joiningLooks > LONGEST_JOINING_LOOKS) {
            take();
        } else if (now == Rank.LATER) {
            leave();
        }
    }

    private void take() {
        if (held) {
            return;
        }
        try {
            take.run();
            held = true;
        } catch (RuntimeException e) {
            LOG.error("Bots could not be started: {}", e.toString());
        }
    }

    private void leave() {
        if (!held) {
            return;
        }
        held = false;
        try {
            leave.run();
        } catch (RuntimeException e) {
            LOG.error("Bots could not be stopped in order: {}", e.toString());
        }
    }

    private void lookSoon() {
        try {
            worker.execute(this::look);
        } catch (RejectedExecutionException e) {
            // The seat has just been left for good.
        }
    }

    @Override
    public void joinedCluster() {
        lookSoon();
    }

    @Override
    public void joinedCluster(byte[] node) {
        // Who was first stays it.
    }

    @Override
    public void leftCluster() {
        lookSoon();
    }

    @Override
    public void leftCluster(byte[] node) {
        lookSoon();
    }

    @Override
    public void markedAsSeniorClusterMember() {
        lookSoon();
    }
}
