package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.event.UserEventListener;
import org.jivesoftware.openfire.user.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the keys of accounts that are deleted. Whoever takes over the address of one begins without keys: Openfire leaves
 * behind what was published, up to the present release, and would go on to give it out as the new account's.
 */
final class AccountDeletions implements UserEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(AccountDeletions.class);
    private static final int LONGEST_DELETION_SECONDS = 10;

    private final XMPPServer server;
    private final KeyDirectory directory;
    private final PepNodes nodes;
    private final KeyCluster cluster;
    private final Consumer<BareJid> deleted;

    /** @param deleted told of accounts that are deleted, once or more often */
    AccountDeletions(XMPPServer server, KeyDirectory directory, PepNodes nodes, KeyCluster cluster,
                     Consumer<BareJid> deleted) {
        this.server = server;
        this.directory = directory;
        this.nodes = nodes;
        this.cluster = cluster;
        this.deleted = deleted;
    }

    @Override
    public void userCreated(User user, Map<String, Object> parameters) {
        account(user).ifPresent(account ->
            directory.change(account, () -> cluster.announced(account, () -> removeAll(account)))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.error("What was published by an earlier {} could not be removed: {}", account, failure.toString());
                    }
                }));
    }

    private Void removeAll(BareJid account) {
        nodes.read(account).nodes().keySet().forEach(node -> nodes.delete(account, node));
        return null;
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
        account(user).ifPresent(account -> {
            directory.forget(account);
            deleted.accept(account);
            // Openfire tells of accounts only on the node where it happens; the others forget, too.
            cluster.announced(account, () -> null);
        });
    }

    private Optional<BareJid> account(User user) {
        return BareJid.of(server.createJID(user.getUsername(), null).toBareJID());
    }
}
