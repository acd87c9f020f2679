package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ConcurrentModificationException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.util.JiveGlobals;

/**
 * What Openfire has yet to write of its publish-subscribe data: items in every release, nodes, too, since 4.6. It writes
 * them every two minutes, and whenever it is about to read a part of them.
 */
final class PendingWrites {

    private static final String PACKAGE = "org.jivesoftware.openfire.pubsub.";
    private static final String IN_DATABASE = PACKAGE + "DefaultPubSubPersistenceProvider";
    private static final String WRITING_LATER = PACKAGE + "CachingPubsubPersistenceProvider";
    private static final String WRITES_TO = "provider.pubsub-persistence.caching.delegate-className";

    private static final int ATTEMPTS = 10;

    /** Its shared half is for those who change nodes. */
    private final ReadWriteLock writing = new ReentrantReadWriteLock(true);
    private final XMPPServer server;
    private final boolean hasProviders = OpenfireSymbol.PERSISTENCE_PROVIDER.exists();

    PendingWrites(XMPPServer server) {
        this.server = server;
    }

    /** Whether they end in the tables of Openfire's database, as they do unless the operator has chosen something else. */
    boolean endInDatabase() {
        if (!hasProviders) {
            return true;
        }
        String provider = provider().getClass().getName();
        return provider.equals(IN_DATABASE)
            || provider.equals(WRITING_LATER) && JiveGlobals.getProperty(WRITES_TO, IN_DATABASE).equals(IN_DATABASE);
    }

    /** Whether items of several accounts get into each other's way while they wait, and in Openfire's cache of items. */
    boolean mixesAccounts() {
        return !hasProviders;
    }

    /**
     * Changes a node, or who may read it, while nothing is being written here. Since 4.6 a change is lost for the database
     * if it joins the queue at the moment in which the queue is taken away to be written.
     *
     * @param change does not call {@link #write()}
     */
    <T> T changeNode(Supplier<T> change) {
        writing.readLock().lock();
        try {
            return change.get();
        } finally {
            writing.readLock().unlock();
        }
    }

    /** Has all of them written, on all nodes of the cluster. Quick when there are none. */
    void write() {
        writing.writeLock().lock();
        try {
            writeAll();
        } finally {
            writing.writeLock().unlock();
        }
    }

    private void writeAll() {
        for (int attempt = 1; ; attempt++) {
            try {
                write(ClusterManager.isClusteringEnabled());
                return;
            } catch (ConcurrentModificationException | NullPointerException | IndexOutOfBoundsException e) {
                // Openfire 5.1 copies the keys of a plain hash map while others may add to it and remove from it.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void write(boolean everywhere) {
        if (!hasProviders) {
            call(OpenfireSymbol.WRITE_PENDING_ITEMS, null, everywhere);
        } else if (provider().getClass().getName().equals(WRITING_LATER)) {
            call(OpenfireSymbol.WRITE_PENDING_CHANGES, provider(), everywhere);
        }
    }

    private Object provider() {
        return call(OpenfireSymbol.PERSISTENCE_PROVIDER, server.getPubSubModule());
    }

    private static Object call(OpenfireSymbol symbol, Object instance, Object... arguments) {
        try {
            return symbol.invoke(instance, arguments);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Openfire failed at " + symbol, e);
        }
    }
}
