package org.igniterealtime.openfire.plugin.omemo.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.privacy.PrivacyListManager;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.openfire.user.UserNotFoundException;

/**
 * Deletes accounts with all that Openfire keeps of deleted ones: up to the present release, their privacy lists, the
 * defaults of their personal eventing service and, since 4.6, most of what they have published.
 */
final class AccountTraces {

    /** A service goes by the bare JID of its account. */
    private static final List<String> PUBLISHED = List.of("ofPubsubItem", "ofPubsubSubscription", "ofPubsubAffiliation",
        "ofPubsubNodeJIDs", "ofPubsubNodeGroups", "ofPubsubNode", "ofPubsubDefaultConf");

    private static final int ATTEMPTS = 5;

    private final XMPPServer server;
    private final PendingWrites pending;

    AccountTraces(XMPPServer server) {
        this.server = server;
        pending = new PendingWrites(server);
    }

    /**
     * Deletes an account that is not logged in any more, if there is one of this name, and what is left of it.
     *
     * @throws IllegalStateException when something is still there
     */
    void erase(String name) {
        UserManager users = server.getUserManager();
        try {
            users.deleteUser(users.getUser(name));
        } catch (UserNotFoundException e) {
            // It has come so far before.
        }
        PrivacyListManager.getInstance().deletePrivacyLists(name);
        erasePublished(server.createJID(name, null).toBareJID());
        try {
            users.getUser(name);
            throw new IllegalStateException("it is still there");
        } catch (UserNotFoundException e) {
            // As it should be.
        }
    }

    /** Openfire writes late, so that rows may appear after they were deleted, until nothing waits any more. */
    private void erasePublished(String service) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            pending.write();
            if (deleteRows(service) == 0) {
                return;
            }
        }
        throw new IllegalStateException("what it has published comes again and again");
    }

    private static int deleteRows(String service) {
        int deleted = 0;
        try (Connection connection = DbConnectionManager.getConnection()) {
            for (String table : PUBLISHED) {
                try (PreparedStatement statement =
                         connection.prepareStatement("DELETE FROM " + table + " WHERE serviceID=?")) {
                    statement.setString(1, service);
                    deleted += statement.executeUpdate();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        }
        return deleted;
    }
}
