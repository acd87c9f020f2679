package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator writes into the server's properties, and what holds from then on. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicySettingsIT {

    private static final String PREFIX = "plugin.omemo.";

    private final EmbeddedOpenfire server;
    private int tests;
    private String name;
    private String room;
    private TestClient alice;

    PolicySettingsIT(EmbeddedOpenfire server) {
        this.server = server;
    }

    @BeforeAll
    void installThePlugin() {
        server.plugins().install(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterAll
    void removeThePlugin() {
        server.plugins().unload("omemo");
    }

    @BeforeEach
    void openTheRoom() {
        name = "settings" + ++tests;
        server.createUser(name, "secret");
        createRoom();
        alice = TestClient.login(server, name, "secret");
        alice.joinRoom(room, "alice");
    }

    private void createRoom() {
        room = server.room(name).membersOnly().nonAnonymous().owners(name).create();
    }

    @AfterEach
    void closeTheRoom() {
        alice.close();
        server.destroyRoom(name);
        List<String> names = JiveGlobals.getPropertyNames();
        names.stream().filter(property -> property.startsWith(PREFIX + "policy.")).toList()
            .forEach(server::deleteProperty);
        assertThat(JiveGlobals.getPropertyNames()).as("nothing is left of deleted settings")
            .filteredOn(property -> property.toString().startsWith(PREFIX))
            .allMatch(property -> property.toString().equals(PREFIX + "bots.key"));
    }

    @Test
    void withoutASettingNothingIsLookedAt() {
        assertThat(plaintextPasses()).isTrue();
    }

    @Test
    void aChangeIsInForceAtOnce() {
        server.setProperty(ofRoom(), "enforce");
        assertThat(plaintextPasses()).isFalse();

        server.setProperty(ofRoom(), "observe");
        assertThat(plaintextPasses()).isTrue();

        server.setProperty(ofRoom(), "enforce");
        server.deleteProperty(ofRoom());
        assertThat(plaintextPasses()).isTrue();
    }

    @Test
    void theRoomComesBeforeThePatternThePatternBeforeTheServiceTheServiceBeforeTheServer() {
        server.setProperty(PREFIX + "policy.default", "enforce");
        assertThat(plaintextPasses()).isFalse();

        server.setProperty(PREFIX + "policy.service." + server.mucDomain(), "off");
        assertThat(plaintextPasses()).isTrue();

        server.setProperty(PREFIX + "policy.pattern.20", name + "@* off");
        server.setProperty(PREFIX + "policy.pattern.9", "settings*@* enforce; families=0.4");
        assertThat(plaintextPasses()).isFalse();

        server.setProperty(ofRoom(), "off");
        assertThat(plaintextPasses()).isTrue();
    }

    @Test
    void deletingTheServersDefaultLeavesThePoliciesOfRoomsAlone() {
        server.setProperty(ofRoom(), "enforce");
        server.setProperty(PREFIX + "policy.default", "observe");

        server.deleteProperty(PREFIX + "policy.default");

        assertThat(plaintextPasses()).isFalse();
    }

    /** Openfire deletes along whatever begins with the name of what is deleted. */
    @Test
    void deletingAPatternLeavesThoseAloneWhoseNumberBeginsWithIts() {
        server.setProperty(PREFIX + "policy.pattern.1", "nothing@* observe");
        server.setProperty(PREFIX + "policy.pattern.10", name + "@* enforce");

        server.deleteProperty(PREFIX + "policy.pattern.1");

        assertThat(server.property(PREFIX + "policy.pattern.10")).isEqualTo(name + "@* enforce");
        server.plugins().reload("omemo");
        assertThat(plaintextPasses()).isFalse();
    }

    @Test
    void deletingWhatPoliciesAreCalledAfterLeavesThemInForce() {
        server.setProperty(ofRoom(), "enforce");
        server.setProperty("plugin.omemo", "anything");

        server.deleteProperty("plugin.omemo");
        server.plugins().reload("omemo");

        assertThat(plaintextPasses()).isFalse();
        server.setProperty(ofRoom(), "enforec");
        server.plugins().reload("omemo");
        assertThat(server.logText()).contains("The last good value stays in force");
    }

    @Test
    void whatIsDeletedWhileThePluginIsAwayIsForgotten() {
        server.setProperty(ofRoom(), "enforce");

        server.plugins().unload("omemo");
        server.deleteProperty(ofRoom());
        installThePlugin();

        assertThat(plaintextPasses()).isTrue();
    }

    @Test
    void oneAddressSpeltInTwoWaysHasTheStricterPolicy() {
        server.setProperty(ofRoom(), "off");
        server.setProperty(PREFIX + "policy.room." + name.toUpperCase(Locale.ROOT) + '@' + server.mucDomain(), "enforce");

        assertThat(plaintextPasses()).isFalse();
    }

    @Test
    void aValueThatIsTooLongIsNotRead() {
        int mark = server.logMark();

        server.setProperty(ofRoom(), "enforce" + " ".repeat(2_000));

        assertThat(server.logText(mark)).contains("longer than 2000 characters");
    }

    @Test
    void aBadValueLeavesTheLastGoodOneInForceAcrossARestartAndSaysWhy() {
        server.setProperty(ofRoom(), "enforce");
        int mark = server.logMark();

        server.setProperty(ofRoom(), "enforce; families=0.5");

        assertThat(server.logText(mark)).contains("'0.5' is no family").contains(ofRoom());
        assertThat(plaintextPasses()).isFalse();
        server.plugins().reload("omemo");
        assertThat(plaintextPasses()).isFalse();
        assertThat(server.property(ofRoom())).isEqualTo("enforce; families=0.5");

        server.setProperty(ofRoom(), "off");
        server.setProperty(ofRoom(), "of");
        server.plugins().reload("omemo");
        assertThat(plaintextPasses()).isTrue();
    }

    @Test
    void aRoomWhosePolicyWasNeverReadableIsEnforced() {
        server.setProperty(ofRoom(), "enforec");

        assertThat(plaintextPasses()).isFalse();
    }

    @Test
    void anUnreadableDefaultThatWasNeverReadableHasNoEffect() {
        int mark = server.logMark();

        server.setProperty(PREFIX + "policy.default", "enforec");

        assertThat(plaintextPasses()).isTrue();
        assertThat(server.logText(mark)).contains("it has no effect");
    }

    @Test
    void aPropertyThatNamesNoRoomIsComplainedAbout() {
        int mark = server.logMark();

        server.setProperty(PREFIX + "policy.room." + name, "enforce");
        server.setProperty(PREFIX + "policy.roms." + room, "enforce");

        assertThat(server.logText(mark)).contains("policy.room." + name + " names neither")
            .contains("policy.roms." + room + " names neither");
    }

    @Test
    void aPolicyOutlivesARestartAndTheRoomItself() {
        server.setProperty(ofRoom(), "enforce");

        server.plugins().reload("omemo");
        assertThat(plaintextPasses()).isFalse();

        server.destroyRoom(name);
        createRoom();
        alice.joinRoom(room, "alice");
        assertThat(plaintextPasses()).isFalse();
    }

    private String ofRoom() {
        return PREFIX + "policy.room." + room;
    }

    private boolean plaintextPasses() {
        alice.forget();
        alice.sendRaw("<message to='" + room + "' type='groupchat'><body>readable</body></message>");
        alice.barrier();
        return alice.messages().stream().anyMatch(message -> "readable".equals(message.body()));
    }
}
