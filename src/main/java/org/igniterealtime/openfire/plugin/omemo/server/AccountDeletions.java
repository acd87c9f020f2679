package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.event.UserEventListener;
import org.jivesoftware.openfire.user.User;

/** Forgets the keys of accounts that are deleted, and that they had none, of accounts that are created. */
final class AccountDeletions implements UserEventListener {

    private static final int LONGEST_DELETION_SECONDS = 10;

    private final XMPPServer server;
    private final KeyDirectory directory;
    private final KeyCluster cluster;

    AccountDeletions(XMPPServer server, KeyDirectory directory, KeyCluster cluster) {
        this.server = server;
        this.directory = directory;
        this.cluster = cluster;
    }

    @Override
    public void userCreated(User user, Map<String, Object> parameters) {
        forget(user);
    }

    /** It is told before anything is deleted, so that a question may still find the keys. */
    @Override
    public void userDeleting(User user, Map<String, Object> parameters) {
        forget(user);
        CompletableFuture.delayedExecutor(LONGEST_DELETION_SECONDS, TimeUnit.SECONDS).execute(() -> forget(user));
    }

    @Override
    public void userModified(User user, Map<String, Object> parameters) {
        // Keys are not part of a user's data.
    }

    private void forget(User user) {
        BareJid.of(server.createJID(user.getUsername(), null).toBareJID()).ifPresent(account -> {
            directory.forget(account);
            // Openfire tells of accounts only on the node where it happens; the others forget, too.
            cluster.announced(account, () -> null);
        });
    }
}
