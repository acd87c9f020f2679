package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeySource;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyTimes;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.openfire.pubsub.LeafNode;
import org.jivesoftware.openfire.pubsub.NodeAffiliate;
import org.jivesoftware.openfire.pubsub.PublishedItem;
import org.jivesoftware.openfire.pubsub.PubSubService;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.cache.CacheFactory;
import org.xmpp.packet.JID;

/**
 * The OMEMO nodes in the personal eventing service (PEP, XEP-0163) of the Openfire that runs, whatever its release.
 *
 * <p>When a method that changes something returns, the change is stored. Openfire queues what it is to write, and another
 * thread may have taken it from the queue without having written it; so after each change the queue is emptied and the
 * database asked, until it shows the change. Whatever concerns one account is asked for by one thread at a time.
 *
 * <p>What is stored is read in one of two ways. If Openfire has the account's service in memory, its nodes are asked. If
 * not, it would have to load the service with all nodes, in eight queries; instead the tables are read in two, after
 * the same step that Openfire would take before: what waits is written. On a cluster, where another node may have
 * something of the account in memory, only Openfire's objects are asked, and likewise if the operator has it keep what is
 * published somewhere else than in its database.
 */
final class PepNodes implements KeySource {

    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 10;
    private static final long ANY_TIME = 0;

    private final XMPPServer server;
    private final PepServices services;
    private final PendingWrites pending;
    private final StoredKeys stored = new StoredKeys();
    private final Duration longestWrite;

    PepNodes(XMPPServer server) {
        this(server, LONGEST_WRITE);
    }

    /** @param longestWrite how long it may take until the database shows a change */
    PepNodes(XMPPServer server, Duration longestWrite) {
        this.server = server;
        this.longestWrite = longestWrite;
        services = new PepServices(server);
        pending = new PendingWrites(server);
    }

    @Override
    public AccountKeys read(BareJid owner) {
        JID account = account(owner).orElse(null);
        if (account == null) {
            return AccountKeys.NONE;
        }
        pending.write();
        AccountKeys keys = mayReadTables(account) ? stored.read(account)
            : services.find(account).map(service -> read(account, service)).orElse(AccountKeys.NONE);
        // Openfire may leave behind what was published for an account that was deleted.
        return keys.nodes().isEmpty() || exists(account) ? keys : AccountKeys.NONE;
    }

    private boolean mayReadTables(JID account) {
        return pending.endInDatabase() && !ClusterManager.isClusteringEnabled() && !services.remembers(account);
    }

    private AccountKeys read(JID account, PubSubService service) {
        Map<String, NodeConfiguration> configurations = new HashMap<>();
        List<LeafNode> nodes = PepServices.omemoNodes(service);
        nodes.forEach(node -> configurations.put(node.getNodeID(), configuration(node)));
        boolean inDatabase = pending.endInDatabase();
        Map<String, Map<String, String>> items = inDatabase ? stored.items(account, configurations) : Map.of();
        Map<String, PublishedNode> published = new HashMap<>();
        for (LeafNode node : nodes) {
            published.put(node.getNodeID(), new PublishedNode(configurations.get(node.getNodeID()), everyoneMayRead(node),
                inDatabase ? stored(node, items.getOrDefault(node.getNodeID(), Map.of())) : items(node)));
        }
        return AccountKeys.of(published);
    }

    /** A node that stores nothing remembers its last item; one that stores does so even after it was purged. */
    private static Map<String, String> stored(LeafNode node, Map<String, String> items) {
        PublishedItem last = node.isPersistPublishedItems() ? null : node.getLastPublishedItem();
        return last == null ? items : Map.of(last.getID(), StoredKeys.payload(last.getPayloadXML()));
    }

    private static Map<String, String> items(LeafNode node) {
        List<PublishedItem> found = new ArrayList<>(node.getPublishedItems());
        if (!JiveGlobals.getBooleanProperty("xmpp.pubsub.order.descending", false)) {
            Collections.reverse(found);
        }
        Map<String, String> items = new LinkedHashMap<>();
        found.forEach(item -> items.put(item.getID(), StoredKeys.payload(item.getPayloadXML())));
        return items;
    }

    private static NodeConfiguration configuration(LeafNode node) {
        return new NodeConfiguration(
            node.getAccessModel().getName(), node.isPersistPublishedItems(), node.getMaxPublishedItems());
    }

    private static boolean everyoneMayRead(LeafNode node) {
        return node.getAccessModel().getName().equals(NodeConfiguration.OPEN) && node.getAllAffiliates().stream()
            .noneMatch(affiliate -> affiliate.getAffiliation() == NodeAffiliate.Affiliation.outcast);
    }

    /** When the OMEMO nodes of an account and what is in them were stored, as far as Openfire's database tells. */
    KeyTimes times(BareJid owner) {
        if (!pending.endInDatabase()) {
            return KeyTimes.UNKNOWN;
        }
        pending.write();
        return account(owner).map(stored::times).orElse(KeyTimes.UNKNOWN);
    }

    /** The configuration of one OMEMO node, empty when there is no such node. Nothing is created. */
    Optional<NodeConfiguration> configuration(BareJid owner, String node) {
        return account(owner).flatMap(account -> services.find(account, node)).map(PepNodes::configuration);
    }

    /**
     * Makes a node exist, and changes its configuration; its items stay, also those that were only in memory.
     *
     * @param fields the fields to change by their names, such as {@code pubsub#access_model}, with values that every
     *               Openfire reads alike; may be empty
     * @throws IllegalStateException when there is no such account on this server, or it cannot be done
     */
    void configure(BareJid owner, String node, Map<String, String> fields) {
        JID account = required(owner);
        Optional<LeafNode> existing = services.find(account, node);
        LeafNode changed;
        if (existing.isPresent()) {
            changed = existing.get();
            PublishedItem unstored = changed.isPersistPublishedItems() ? null : changed.getLastPublishedItem();
            pending.changeNode(() -> {
                PepServices.configure(changed, fields);
                return null;
            });
            if (unstored != null && changed.isPersistPublishedItems()) {
                publish(unstored.getPublisher(), owner, node, List.of(element(unstored)));
            }
        } else {
            changed = pending.changeNode(() -> services.create(account, node, fields));
        }
        awaitStored(changed, () -> stored.configuration(account, node).equals(Optional.of(configuration(changed))));
    }

    private static Element element(PublishedItem item) {
        Element element = DocumentHelper.createElement("item").addAttribute("id", item.getID());
        if (item.getPayload() != null) {
            element.add(item.getPayload().createCopy());
        }
        return element;
    }

    /**
     * Stores items in a node that exists and notifies its subscribers.
     *
     * @param items {@code <item/>} elements, each with its id and its payload
     * @throws IllegalStateException when there is no such node, or it cannot be done
     */
    void publish(JID publisher, BareJid owner, String node, List<Element> items) {
        JID account = required(owner);
        LeafNode leaf = services.find(account, node)
            .orElseThrow(() -> new IllegalStateException(owner + " has no node " + node));
        List<String> ids = items.stream().map(item -> item.attributeValue("id")).distinct().toList();
        long begin = momentAfter(leaf.getLastPublishedItem());
        changeItems(() -> leaf.publishItems(publisher, items));
        if (leaf.isPersistPublishedItems()) {
            // Openfire removes surplus items whenever it likes.
            int kept = Math.min(ids.size(), StoredKeys.mostDelivered(leaf.getMaxPublishedItems()));
            awaitStored(leaf, () -> stored.present(account, node, ids, begin).size() >= kept);
        }
    }

    /**
     * Now, as the database will tell it; in another millisecond than that of the item before, which would look like the new
     * one. An item of the future is not waited for.
     */
    private static long momentAfter(PublishedItem before) {
        long now = CacheFactory.getClusterTime();
        while (before != null && before.getCreationDate().getTime() == now) {
            Thread.onSpinWait();
            now = CacheFactory.getClusterTime();
        }
        return now;
    }

    /** Removes items, those that exist, and notifies the node's subscribers as the node is set to. */
    void retract(BareJid owner, String node, List<String> itemIds) {
        JID account = required(owner);
        services.find(account, node).ifPresent(leaf -> {
            // Not one by one: 4.2 would look for each in a cache that all accounts share.
            changeItems(() -> leaf.deleteItems(
                leaf.getPublishedItems().stream().filter(item -> itemIds.contains(item.getID())).toList()));
            awaitStored(leaf, () -> stored.present(account, node, itemIds, ANY_TIME).isEmpty());
        });
    }

    /** Removes all items of a node, if it exists, and notifies its subscribers. */
    void purge(BareJid owner, String node) {
        JID account = required(owner);
        services.find(account, node).ifPresent(leaf -> {
            changeItems(() -> {
                // Openfire would go on to deliver the last item that was published.
                PublishedItem last = leaf.getLastPublishedItem();
                if (last != null) {
                    leaf.deleteItems(List.of(last));
                }
                leaf.purge();
            });
            awaitStored(leaf, () -> stored.items(account, Map.of(node, configuration(leaf))).isEmpty());
        });
    }

    /** Removes a node with all that is in it, if it exists. */
    void delete(BareJid owner, String node) {
        JID account = required(owner);
        services.find(account, node).ifPresent(leaf -> {
            changeItems(() -> pending.changeNode(() -> {
                PepServices.delete(leaf);
                return null;
            }));
            awaitStored(leaf, () -> stored.configuration(account, node).isEmpty());
        });
    }

    /**
     * The accounts of this server that have an OMEMO node, in the order in which the database has their addresses. There
     * may be some that were deleted.
     *
     * @param after where to go on; null to begin at the first
     * @param most  how many at most
     * @throws IllegalStateException when Openfire keeps what is published somewhere else than in its database
     */
    List<BareJid> owners(BareJid after, int most) {
        if (!pending.endInDatabase()) {
            throw new IllegalStateException("What is published is not in Openfire's database");
        }
        pending.write();
        List<BareJid> owners = new ArrayList<>();
        // Oracle takes an empty text for none, which is less than nothing.
        String last = after == null ? " " : after.toString();
        List<String> found;
        do {
            found = stored.services(last, most);
            for (String service : found) {
                last = service;
                // The general publish-subscribe service is no account's.
                BareJid.of(service).filter(owner -> owners.size() < most && account(owner).isPresent())
                    .ifPresent(owners::add);
            }
        } while (owners.size() < most && found.size() == most);
        return owners;
    }

    /**
     * The accounts of this server that published keys last, the last one first. There are none where the tables must not be
     * read, since Openfire would have to load all their services.
     */
    List<BareJid> latestPublishers(int most) {
        if (!pending.endInDatabase() || ClusterManager.isClusteringEnabled()) {
            return List.of();
        }
        return stored.latest(most).stream().flatMap(service -> BareJid.of(service).stream())
            .filter(owner -> account(owner).isPresent()).toList();
    }

    /**
     * Up to 4.5 Openfire tells what is to be written apart by the names of node and item alone, so that what one account
     * publishes takes the place of what another one has just published. There nothing is pending while items change.
     */
    private void changeItems(Runnable change) {
        if (!pending.mixesAccounts()) {
            change.run();
            return;
        }
        synchronized (pending) {
            pending.write();
            change.run();
            pending.write();
        }
    }

    /** Whether somebody may read a node, by its access model and its affiliations. It may take a look at a roster. */
    boolean mayRead(BareJid owner, String node, JID asker) {
        JID bare = asker.asBareJID();
        return account(owner).flatMap(account -> services.find(account, node)).filter(leaf -> {
            NodeAffiliate affiliate = leaf.getAffiliate(bare);
            return leaf.getAccessModel().canAccessItems(leaf, bare, asker)
                && (affiliate == null || affiliate.getAffiliation() != NodeAffiliate.Affiliation.outcast);
        }).isPresent();
    }

    /** Whether Openfire's own answers can be had for those who ask in unusual ways, too. */
    boolean tellsAccountsApart() {
        return !pending.mixesAccounts();
    }

    /**
     * Lets Openfire change a node's configuration or affiliations.
     *
     * @return what the change returns, when the configuration is stored as it is then, if there is such a node
     */
    <T> T change(BareJid owner, String node, Supplier<T> change) {
        T result = pending.changeNode(change);
        account(owner).ifPresent(account -> services.find(account, node).ifPresent(leaf ->
            awaitStored(leaf, () -> stored.configuration(account, node).equals(Optional.of(configuration(leaf))))));
        return result;
    }

    /** @param stored whether the database shows what was changed */
    private void awaitStored(LeafNode node, BooleanSupplier stored) {
        if (!pending.endInDatabase()) {
            return;
        }
        long begin = System.nanoTime();
        // Whatever waits to be written of a node is written before it is read.
        node.getPublishedItems(1);
        while (!stored.getAsBoolean()) {
            if (System.nanoTime() - begin > longestWrite.toNanos()) {
                throw new IllegalStateException("The database does not show the change of " + node.getNodeID());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a change was being stored", e);
            }
            pending.write();
        }
    }

    private JID required(BareJid owner) {
        return account(owner).filter(this::exists)
            .orElseThrow(() -> new IllegalStateException(owner + " is no account of this server"));
    }

    /** The address as Openfire spells it; empty if it cannot be that of an account of this server. */
    private Optional<JID> account(BareJid owner) {
        try {
            return Optional.of(new JID(owner.toString())).filter(jid -> jid.getNode() != null && server.isLocal(jid));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean exists(JID account) {
        try {
            return server.getUserManager().getUser(account.getNode()) != null;
        } catch (UserNotFoundException e) {
            return false;
        }
    }
}
