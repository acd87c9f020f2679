package org.igniterealtime.openfire.plugin.omemo.load;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.database.DbConnectionManager;

/**
 * A server with the packed plugin on which one account has published the keys of a device of each family, and owns a room.
 * It ends when the plugin has noticed the devices; all is in the database of its home then. The argument is the home.
 */
public final class TemplateServer {

    /** The name of the account and of the room; nothing else in the database has it in it. */
    static final String NAME = "templateofmany";

    private static final int LEGACY_DEVICE = 1_900_000_001;
    private static final int OMEMO_1_DEVICE = 1_900_000_002;
    private static final int OMEMO_2_DEVICE = 1_900_000_003;

    /** The devices, in the order of the families. */
    static final List<Integer> DEVICES = List.of(LEGACY_DEVICE, OMEMO_1_DEVICE, OMEMO_2_DEVICE);

    private static final long PATIENCE_SECONDS = 60;

    private TemplateServer() {
    }

    public static void main(String[] args) throws Exception {
        try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(Path.of(args[0])).start()) {
            server.plugins().install(Path.of(System.getProperty("plugin.jar")));
            server.createUser(NAME, "secret");
            try (TestClient client = TestClient.login(server, NAME, "secret")) {
                publish(client, PublishedKeys.LEGACY, LEGACY_DEVICE);
                publish(client, PublishedKeys.OMEMO_1, OMEMO_1_DEVICE);
                publish(client, PublishedKeys.OMEMO_2, OMEMO_2_DEVICE);
            }
            server.room(NAME).membersOnly().nonAnonymous().persistent().owners(NAME).create();
            awaitDevices();
        }
    }

    private static void publish(TestClient client, String family, int device) {
        String list = PublishedKeys.list(family, device);
        if (!family.equals(PublishedKeys.LEGACY)) {
            list = list.replace("<device ", "<device label='Phone " + device + "' ");
        }
        require(client, PublishedKeys.publish(PublishedKeys.listNode(family), "current", list, PublishedKeys.MAX));
        require(client, PublishedKeys.publish(PublishedKeys.bundleNode(family, device), PublishedKeys.itemOf(family, device),
            PublishedKeys.bundle(family), PublishedKeys.MAX));
    }

    private static void require(TestClient client, String content) {
        if (!client.request("type='set'", content).type().equals("result")) {
            throw new IllegalStateException("keys could not be published");
        }
    }

    private static void awaitDevices() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement();
                 ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM ofOmemoDevice WHERE fingerprint IS NOT NULL")) {
                rows.next();
                if (rows.getInt(1) == DEVICES.size()) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("the plugin has not noticed the devices");
    }
}
