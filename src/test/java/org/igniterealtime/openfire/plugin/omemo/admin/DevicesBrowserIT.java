package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFacts;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.igniterealtime.openfire.plugin.omemo.store.OpenfireConnectionSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin finds and removes a device in a browser, with labels of all kinds. */
@ExtendWith(OpenfireExtension.class)
class DevicesBrowserIT {

    private static final String DEVICES = "/plugins/omemo/omemo-devices.jsp";
    private static final String USER = "/plugins/omemo/omemo-user.jsp?account=";
    private static final String SCRIPT = "<script>alert(1)</script>";

    private final EmbeddedOpenfire server;

    DevicesBrowserIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @Test
    void aDeviceIsFoundAndRemovedAndThePagesFitIntoEveryWindow() throws Exception {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        server.createUser("dora", "secret");
        try (ConsoleWindow window = new ConsoleWindow(server); TestClient dora = TestClient.login(server, "dora", "secret")) {
            dora.request("type='set'", publish(listNode(OMEMO_2), "current", "<devices xmlns='" + OMEMO_2 + "'>"
                + device(71, SCRIPT.replace("<", "&lt;")) + device(72, "x".repeat(200))
                + device(73, "\u05d4\u05d8\u05dc\u05e4\u05d5\u05df \u05e9\u05dc\u05d9") + device(74, "phone") + "</devices>", MAX));
            dora.request("type='set'", publish(bundleNode(OMEMO_2, 74), "74", bundle(OMEMO_2), MAX));
            for (String fingerprint : List.of("1".repeat(64), "2".repeat(64))) {
                long now = System.currentTimeMillis();
                new DeviceTable(new OpenfireConnectionSource()).write(new DeviceFacts(dora.bareJid(), Set.of("0.8+"), List.of(
                    listed(71, SCRIPT), listed(72, "x".repeat(200)),
                    listed(73, "\u05d4\u05d8\u05dc\u05e4\u05d5\u05df \u05e9\u05dc\u05d9"), listed(74, "phone")),
                    List.of(new DeviceFacts.Published("0.8+", 74, fingerprint, true, now)), now));
            }
            window.picture(DEVICES + "?account=dora", "devices");
            window.picture(DEVICES + "?account=nobody", "devices-none");
            window.picture(USER + dora.bareJid() + "&look=repair&remove-dead=on", "user");

            window.open(DEVICES);
            window.browser().type("#account", "dora");
            window.browser().type("#device", "71");
            window.browser().follow("form button");
            assertThat(window.browser().text()).contains(SCRIPT).doesNotContain("xxxx");
            window.browser().follow("td.actions a");
            assertThat(window.browser().text()).contains("publish the list without 71");
            window.browser().follow("#offer button");
            assertThat(window.browser().text()).contains("Device 71 of " + dora.bareJid() + " was removed.");
            assertThat(window.browser().complaints()).isEmpty();
        } finally {
            new DeviceTable(new OpenfireConnectionSource()).forget("dora@" + server.domain());
        }
    }

    private static DeviceFacts.Listed listed(int id, String label) {
        return new DeviceFacts.Listed("0.8+", id, Optional.of(label));
    }

    private static String device(int id, String label) {
        return "<device id='" + id + "' label='" + label + "'/>";
    }
}
