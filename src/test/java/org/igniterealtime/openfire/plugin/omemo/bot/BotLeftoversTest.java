package org.igniterealtime.openfire.plugin.omemo.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys in the database that belong to no bot of the operator's. */
@ExtendWith(OpenfireExtension.class)
class BotLeftoversTest {

    private final BotHouse house;

    BotLeftoversTest(EmbeddedOpenfire server) {
        house = new BotHouse(server);
    }

    @BeforeEach
    void start() {
        house.start();
    }

    @AfterEach
    void end() {
        house.end();
    }

    @Test
    void areForgottenUnlessASelfTestIsAboutToUseThem() throws Exception {
        BotTable table = house.table();
        house.stopBots();
        table.claim("selftest-killed");
        BotHost host = (BotHost) house.open("bots.example.org", stanza -> { });
        host.expect("selftest-begun");
        table.claim("selftest-begun");

        host.want(Map.of());
        assertThat(table.bots()).contains("selftest-begun").doesNotContain("selftest-killed");

        host.dismiss("selftest-begun");
        assertThat(table.bots()).doesNotContain("selftest-begun");
        house.close();
    }
}
