package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;
import org.jivesoftware.openfire.user.UserManager;

/** Users with devices, who write to each other in a room as clients would that forget some of them. */
final class EncryptedTalk implements AutoCloseable {

    private static final String FAMILY = PublishedKeys.OMEMO_1;

    private final EmbeddedOpenfire server;
    private final String room;
    private final Map<String, TestClient> clients = new LinkedHashMap<>();

    EncryptedTalk(EmbeddedOpenfire server, String room) {
        this.server = server;
        this.room = room;
    }

    /** A user enters. @param labels of the devices by their ids; a device without one has an empty one */
    EncryptedTalk enter(String user, Map<Integer, String> labels) {
        server.createUser(user, user);
        TestClient client = TestClient.login(server, user, user);
        clients.put(user, client);
        for (int device : labels.keySet()) {
            set(client, PublishedKeys.publish(PublishedKeys.bundleNode(FAMILY, device), PublishedKeys.itemOf(FAMILY, device),
                PublishedKeys.bundle(FAMILY), PublishedKeys.MAX));
        }
        set(client, PublishedKeys.publish(PublishedKeys.listNode(FAMILY), "current", labels.entrySet().stream()
            .map(device -> "<device id='" + device.getKey() + "'" + (device.getValue().isEmpty() ? ""
                : " label='" + device.getValue().replace("<", "&lt;").replace(">", "&gt;") + "'") + "/>")
            .collect(Collectors.joining("", "<devices xmlns='" + FAMILY + "'>", "</devices>")), PublishedKeys.MAX));
        client.joinRoom(room, user);
        return this;
    }

    private static void set(TestClient client, String pubsub) {
        assertThat(client.request("type='set'", pubsub).type()).isEqualTo("result");
    }

    /** Sends a message to the room. @param keys such as {@code bob 11 12} */
    void say(String user, int device, String... keys) {
        List<String> all = new ArrayList<>();
        for (String one : keys) {
            List<String> words = Arrays.asList(one.split(" "));
            all.add("<keys jid='" + words.get(0) + "@" + server.domain() + "'>" + words.stream().skip(1)
                .map(id -> "<key rid='" + id + "'>" + "A".repeat(200) + "</key>").collect(Collectors.joining()) + "</keys>");
        }
        clients.get(user).sendRaw("<message type='groupchat' to='" + room + "'><encrypted xmlns='" + FAMILY + "'><header sid='"
            + device + "'>" + String.join("", all) + "</header><payload>AAAAAAAAAAAAAAAAAAAAAA==</payload></encrypted></message>");
        clients.get(user).barrier();
    }

    @Override
    public void close() throws Exception {
        clients.values().forEach(TestClient::close);
        for (String user : clients.keySet()) {
            UserManager.getInstance().deleteUser(UserManager.getInstance().getUser(user));
        }
    }
}
