package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.cluster.ClusterEventListener;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.util.cache.CacheFactory;

/**
 * Tells the other nodes of a cluster, synchronously, that the keys of an account are about to change and that they have
 * changed, so that what they remember is not stale when the change becomes visible.
 */
final class KeyCluster implements ClusterEventListener {

    /** The plugin is loaded once in a server; tasks of other nodes, which Openfire creates, find it here. */
    private static volatile KeyDirectory directory;

    private final KeyDirectory own;
    private final BooleanSupplier hasOthers;
    private final Consumer<KeyChange> others;

    KeyCluster(KeyDirectory own) {
        this(own, ClusterManager::isClusteringStarted, change -> CacheFactory.doSynchronousClusterTask(change, false));
    }

    /** @param others has all other nodes take the change, and returns when they have */
    KeyCluster(KeyDirectory own, BooleanSupplier hasOthers, Consumer<KeyChange> others) {
        this.own = own;
        this.hasOthers = hasOthers;
        this.others = others;
    }

    void start() {
        directory = own;
        ClusterManager.addListener(this);
    }

    void stop() {
        ClusterManager.removeListener(this);
        directory = null;
    }

    /** Those that are to change an account's keys run within this. */
    <T> T announced(BareJid owner, Supplier<T> change) {
        if (!hasOthers.getAsBoolean()) {
            return change.get();
        }
        String id = UUID.randomUUID().toString();
        others.accept(new KeyChange(owner.toString(), id, true));
        try {
            return change.get();
        } finally {
            others.accept(new KeyChange(owner.toString(), id, false));
        }
    }

    static void take(KeyChange change) {
        KeyDirectory known = directory;
        if (known != null) {
            take(change, known);
        }
    }

    static void take(KeyChange change, KeyDirectory known) {
        if (change.begins()) {
            BareJid.of(change.owner()).ifPresent(owner -> known.beginsElsewhere(owner, change.id()));
        } else {
            known.endsElsewhere(change.id());
        }
    }

    @Override
    public void joinedCluster() {
        own.forgetAll();
    }

    @Override
    public void joinedCluster(byte[] node) {
        own.forgetAll();
    }

    @Override
    public void leftCluster() {
        own.forgetAll();
    }

    @Override
    public void leftCluster(byte[] node) {
        own.forgetAll();
    }

    @Override
    public void markedAsSeniorClusterMember() {
        // Who is senior makes no difference.
    }
}
