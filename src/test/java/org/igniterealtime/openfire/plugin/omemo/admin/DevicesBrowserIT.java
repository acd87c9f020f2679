package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.MAX;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.OMEMO_2;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundle;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.bundleNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.listNode;
import static org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys.publish;

import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin finds and removes a device in a browser, with labels of all kinds. */
@ExtendWith(OpenfireExtension.class)
class DevicesBrowserIT {

    private static final String DEVICES = "/plugins/omemo/omemo-devices.jsp";
    private static final String USER = "/plugins/omemo/omemo-user.jsp?account=";
    private static final String SCRIPT = "<script>alert(1)</script>";

    private static final String RIGHT_TO_LEFT = "\u05d4\u05d8\u05dc\u05e4\u05d5\u05df \u05e9\u05dc\u05d9";

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
                + device(71, SCRIPT.replace("<", "&lt;").replace(">", "&gt;")) + device(72, "x".repeat(200))
                + device(73, RIGHT_TO_LEFT) + device(74, "phone") + "</devices>", MAX));
            dora.request("type='set'", publish(bundleNode(OMEMO_2, 74), "74", bundle(OMEMO_2), MAX));
            NoticedDevices.add(dora.bareJid(), "0.8+", 71, SCRIPT);
            NoticedDevices.add(dora.bareJid(), "0.8+", 72, "x".repeat(200));
            NoticedDevices.add(dora.bareJid(), "0.8+", 73, RIGHT_TO_LEFT);
            NoticedDevices.add(dora.bareJid(), "0.8+", 74, "phone", "1".repeat(64), "2".repeat(64));
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
            NoticedDevices.forget("dora@" + server.domain());
        }
    }

    private static String device(int id, String label) {
        return "<device id='" + id + "' label='" + label + "'/>";
    }
}
