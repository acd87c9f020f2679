package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.UUID;
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

    KeyCluster(KeyDirectory own) {
        this.own = own;
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
        if (!ClusterManager.isClusteringStarted()) {
            return change.get();
        }
        String id = UUID.randomUUID().toString();
        CacheFactory.doSynchronousClusterTask(new KeyChange(owner.toString(), id, true), false);
        try {
            return change.get();
        } finally {
            CacheFactory.doSynchronousClusterTask(new KeyChange(owner.toString(), id, false), false);
        }
    }

    static void take(KeyChange change) {
        KeyDirectory known = directory;
        if (known == null) {
            return;
        }
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
