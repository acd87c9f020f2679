package org.igniterealtime.openfire.plugin.omemo.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyTimes;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.ElementText;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;

/**
 * OMEMO's nodes in the tables in which Openfire keeps them; they are the same from 4.2 to 5.1. The service of an account
 * goes by its bare JID. Nothing is changed here.
 */
final class StoredKeys {

    private static final long MOST_CHARACTERS = 16L << 20;

    /** What an item costs besides its payload, so that many small ones count, too. */
    private static final int ITEM_OVERHEAD = 200;

    private static final int NODES_AT_ONCE = 100;
    private static final int MOST_DATES = 20_000;

    private static final String NODES = "SELECT nodeID, accessModel, persistItems, maxItems, (SELECT COUNT(*) FROM"
        + " ofPubsubAffiliation a WHERE a.serviceID=n.serviceID AND a.nodeID=n.nodeID AND a.affiliation='outcast')"
        + " FROM ofPubsubNode n WHERE serviceID=? AND leaf=1";
    private static final String ITEMS = "SELECT nodeID, id, payload FROM ofPubsubItem WHERE serviceID=? AND nodeID IN (%s)"
        + " ORDER BY creationDate DESC";
    private static final String DATES = "SELECT id, creationDate FROM ofPubsubItem WHERE serviceID=? AND nodeID=?";
    private static final String ALL_DATES =
        "SELECT nodeID, id, creationDate FROM ofPubsubItem WHERE serviceID=? ORDER BY creationDate DESC";
    private static final String CONFIGURED = "SELECT nodeID, modificationDate FROM ofPubsubNode WHERE serviceID=?";
    private static final String SERVICES = "SELECT DISTINCT serviceID FROM ofPubsubNode WHERE serviceID>? AND"
        + " (nodeID IN (?,?,?,?,?) OR nodeID LIKE ?) ORDER BY serviceID";

    private static final String LATEST = "SELECT serviceID, MAX(creationDate) FROM ofPubsubItem WHERE nodeID IN (?,?,?,?,?)"
        + " GROUP BY serviceID ORDER BY 2 DESC";

    private static final List<String> SHARED_NODES = List.of(
        Family.LEGACY.deviceListNode(), Family.OMEMO_1.deviceListNode(), Family.OMEMO_1.bundleNode(1),
        Family.OMEMO_2.deviceListNode(), Family.OMEMO_2.bundleNode(1));
    private static final String LEGACY_BUNDLES = Family.LEGACY.bundleNode(1).replaceFirst(":1$", ":%");

    private final long mostCharacters;

    StoredKeys() {
        this(MOST_CHARACTERS);
    }

    /** @param mostCharacters an account for which more is published than this is not read */
    StoredKeys(long mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    @FunctionalInterface
    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Reads all OMEMO nodes of an account.
     *
     * @throws IllegalStateException when the database fails, or too much is published for the account
     */
    AccountKeys read(JID owner) {
        return ask(connection -> {
            Set<String> withOutcasts = new HashSet<>();
            Map<String, NodeConfiguration> nodes = nodes(connection, owner, withOutcasts);
            if (nodes.isEmpty()) {
                return AccountKeys.NONE;
            }
            Map<String, Map<String, String>> items = items(connection, owner, nodes);
            Map<String, PublishedNode> published = new HashMap<>();
            nodes.forEach((name, configuration) -> {
                boolean open = configuration.accessModel().equals(NodeConfiguration.OPEN) && !withOutcasts.contains(name);
                published.put(name, new PublishedNode(configuration, open, items.getOrDefault(name, Map.of())));
            });
            return AccountKeys.of(published);
        });
    }

    /**
     * The payloads in these nodes by their names and by the ids of the items, newest first, as many in a node as it keeps.
     *
     * @throws IllegalStateException as with {@link #read}
     */
    Map<String, Map<String, String>> items(JID owner, Map<String, NodeConfiguration> nodes) {
        return nodes.isEmpty() ? Map.of() : ask(connection -> items(connection, owner, nodes));
    }

    /** The configuration of an OMEMO node, empty if there is none of this name. */
    Optional<NodeConfiguration> configuration(JID owner, String node) {
        return Optional.ofNullable(ask(connection -> nodes(connection, owner, new HashSet<>())).get(node));
    }

    /** Which of these items a node has, or has in a form that is as new as this. */
    Set<String> present(JID owner, String node, Collection<String> ids, long notBefore) {
        return ask(connection -> {
            Set<String> present = new HashSet<>();
            try (PreparedStatement query = connection.prepareStatement(DATES)) {
                query.setString(1, owner.toBareJID());
                query.setString(2, node);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        if (Long.parseLong(rows.getString(2).trim()) >= notBefore && ids.contains(rows.getString(1))) {
                            present.add(rows.getString(1));
                        }
                    }
                }
            }
            return present;
        });
    }

    /** When the OMEMO nodes of an account and what is in them were stored; of very many the latest. */
    KeyTimes times(JID owner) {
        return ask(connection -> {
            Map<String, Map<String, Instant>> items = new HashMap<>();
            rows(connection, ALL_DATES, owner, row -> items.computeIfAbsent(row.getString(1), node -> new HashMap<>())
                .put(row.getString(2), instant(row.getString(3))));
            Map<String, Instant> configured = new HashMap<>();
            rows(connection, CONFIGURED, owner, row -> configured.put(row.getString(1), instant(row.getString(2))));
            return new KeyTimes(items, configured);
        });
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private static void rows(Connection connection, String query, JID owner, Row ofNode) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setMaxRows(MOST_DATES);
            statement.setString(1, owner.toBareJID());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (Family.ofNode(rows.getString(1)).isPresent()) {
                        ofNode.take(rows);
                    }
                }
            }
        }
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis.trim()));
    }

    /** The services that have an OMEMO node, in the order of the database, after this one. */
    List<String> services(String after, int most) {
        return ask(connection -> {
            List<String> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(SERVICES)) {
                query.setMaxRows(most);
                query.setString(1, after);
                int parameter = 2;
                for (String node : SHARED_NODES) {
                    query.setString(parameter++, node);
                }
                query.setString(parameter, LEGACY_BUNDLES);
                try (ResultSet rows = query.executeQuery()) {
                    while (found.size() < most && rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        });
    }

    /** The services in whose device lists, or bundles that share a node, something was published last. */
    List<String> latest(int most) {
        return ask(connection -> {
            List<String> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(LATEST)) {
                query.setMaxRows(most);
                int parameter = 1;
                for (String node : SHARED_NODES) {
                    query.setString(parameter++, node);
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (found.size() < most && rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        });
    }

    /** @param withOutcasts is given the names of those from which somebody is shut out */
    private static Map<String, NodeConfiguration> nodes(Connection connection, JID owner, Set<String> withOutcasts)
        throws SQLException {
        Map<String, NodeConfiguration> nodes = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(NODES)) {
            query.setString(1, owner.toBareJID());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (Family.ofNode(name).isPresent()) {
                        nodes.put(name, new NodeConfiguration(rows.getString(2), rows.getInt(3) == 1, rows.getInt(4)));
                        if (rows.getInt(5) > 0) {
                            withOutcasts.add(name);
                        }
                    }
                }
            }
        }
        return nodes;
    }

    private Map<String, Map<String, String>> items(Connection connection, JID owner,
                                                   Map<String, NodeConfiguration> nodes) throws SQLException {
        Map<String, Map<String, String>> items = new HashMap<>();
        List<String> names = new ArrayList<>(nodes.keySet());
        long left = mostCharacters;
        for (int from = 0; from < names.size(); from += NODES_AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + NODES_AT_ONCE));
            String places = String.join(",", Collections.nCopies(some.size(), "?"));
            try (PreparedStatement query = connection.prepareStatement(String.format(ITEMS, places))) {
                query.setString(1, owner.toBareJID());
                for (int i = 0; i < some.size(); i++) {
                    query.setString(2 + i, some.get(i));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        left -= take(rows, nodes, items);
                        if (left < 0) {
                            throw new IllegalStateException("Too much is published in the nodes of " + owner);
                        }
                    }
                }
            }
        }
        return items;
    }

    /** @return the characters taken */
    private static long take(ResultSet rows, Map<String, NodeConfiguration> nodes, Map<String, Map<String, String>> items)
        throws SQLException {
        String node = rows.getString(1);
        NodeConfiguration configuration = nodes.get(node);
        Map<String, String> ofNode = items.computeIfAbsent(node, name -> new LinkedHashMap<>());
        // Surplus items stay for a while: Openfire removes them every few minutes.
        if (configuration == null || ofNode.size() >= mostDelivered(configuration.maxItems())) {
            return 0;
        }
        String payload = payload(DbConnectionManager.getLargeTextField(rows, 3));
        ofNode.put(rows.getString(2), payload);
        return ITEM_OVERHEAD + payload.length();
    }

    /** How many items Openfire delivers of a node that keeps as many as this. */
    static int mostDelivered(int maxItems) {
        return maxItems == -1 ? JiveGlobals.getIntProperty("xmpp.pubsub.fetch.max", 2_000) : maxItems;
    }

    /**
     * A payload as it goes to the wire, nothing in place of one that would break the streams of all who ask for it: what a
     * database has cut off, or what Openfire's parser lets in though it is no XML, such as a control character.
     */
    static String payload(String stored) {
        return stored != null && ElementText.standsAlone(stored) ? stored : "";
    }

    private static <T> T ask(Query<T> query) {
        try (Connection connection = DbConnectionManager.getConnection()) {
            return query.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not tell what is published", e);
        }
    }
}
