package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Publishes the keys of accounts, each logged in as itself. Nodes are created with the configuration that OMEMO needs, in
 * the spelling that every Openfire reads, so that also a server without the plugin keeps and serves them.
 */
final class Publisher {

    private static final int CONNECTIONS = 4;
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    private final Place place;
    private final String password;
    private final Bundles bundles = new Bundles();

    Publisher(Place place, String password) {
        this.place = place;
        this.password = password;
    }

    /** Publishes the keys of all these accounts in one family. */
    void publish(List<Account> accounts, Profile profile) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (Account account : accounts) {
                tasks.add(threads.submit(() -> {
                    publish(account, profile);
                    return null;
                }));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void publish(Account account, Profile profile) throws IOException {
        Family family = profile.family();
        try (XmppSocket client = XmppSocket.login(place, account.name(), password)) {
            String own = place.jid(account.name());
            create(client, own, family.deviceListNode(), 1);
            publishList(client, own, family.deviceListNode(), account.deviceList(family).toElement().asXML());
            create(client, own, family.bundleNode(account.device(0)), 1_000);
            for (int index = 0; index < Account.DEVICES; index++) {
                int device = account.device(index);
                publish(client, own, family.bundleNode(device), Integer.toString(device), bundles.of(profile, device));
            }
        }
    }

    /**
     * Until it stores them, which is up to two minutes later, 4.2.0 tells items apart by node and id alone, so that one
     * account's list displaces another's. Reading the node makes it store what waits.
     */
    private synchronized void publishList(XmppSocket client, String own, String node, String list) throws IOException {
        publish(client, own, node, Account.LIST_ITEM, list);
        client.request("get", own, "<pubsub xmlns='" + PUBSUB + "'><items node='" + node + "'/></pubsub>");
    }

    private static void create(XmppSocket client, String own, String node, int items) throws IOException {
        String form = "<x xmlns='jabber:x:data' type='submit'>"
            + field("FORM_TYPE", PUBSUB + "#node_config") + field("pubsub#access_model", "open")
            + field("pubsub#persist_items", "1") + field("pubsub#max_items", Integer.toString(items)) + "</x>";
        try {
            client.request("set", own, "<pubsub xmlns='" + PUBSUB + "'><create node='" + node + "'/><configure>" + form
                + "</configure></pubsub>");
        } catch (XmppSocket.Refused e) {
            // It is there already.
            client.request("set", own, "<pubsub xmlns='" + PUBSUB + "#owner'><configure node='" + node + "'>" + form
                + "</configure></pubsub>");
        }
    }

    static String field(String name, String value) {
        return "<field var='" + name + "'><value>" + value + "</value></field>";
    }

    private static void publish(XmppSocket client, String own, String node, String id, String payload)
            throws IOException {
        client.request("set", own, "<pubsub xmlns='" + PUBSUB + "'><publish node='" + node + "'><item id='" + id + "'>"
            + payload + "</item></publish></pubsub>");
    }
}
