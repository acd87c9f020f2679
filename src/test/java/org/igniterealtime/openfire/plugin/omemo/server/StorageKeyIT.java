package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.database.DbConnectionManager;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.JiveProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key under which bots are stored, in Openfire's properties and in its database. */
@ExtendWith(OpenfireExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageKeyIT {

    private static final String PROPERTY = "plugin.omemo.bots.key";

    private final EmbeddedOpenfire server;

    StorageKeyIT(EmbeddedOpenfire server) {
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

    @AfterEach
    void deleteTheKey() {
        server.deleteProperty(PROPERTY);
    }

    @Test
    void aMissingKeyIsMadeOnceAndStoredEncrypted() throws Exception {
        server.deleteProperty(PROPERTY);
        byte[] key = read();
        assertThat(key).hasSize(32);
        assertThat(server.property(PROPERTY)).isEqualTo(Base64.getEncoder().encodeToString(key));
        assertStoredEncrypted(key);
        assertThat(read()).isEqualTo(key);
        server.deleteProperty(PROPERTY);
        assertThat(read()).isNotEqualTo(key);
    }

    @Test
    void theKeyIsTheSameWhenThePropertiesAreReadFromTheDatabaseAgain() throws Exception {
        byte[] key = read();
        JiveProperties.getInstance().init();
        assertThat(read()).isEqualTo(key);
        assertThat(JiveGlobals.isPropertyEncrypted(PROPERTY)).isTrue();
    }

    @Test
    void aKeyThatSomebodyHasSetInTheClearIsEncrypted() throws Exception {
        byte[] key = new byte[32];
        key[0] = 42;
        server.setProperty(PROPERTY, Base64.getEncoder().encodeToString(key));
        assertThat(stored()).isEqualTo(Base64.getEncoder().encodeToString(key));
        assertThat(read()).isEqualTo(key);
        assertStoredEncrypted(key);
    }

    @Test
    void whatIsNoKeyIsRefusedAndNeitherShownNorReplaced() {
        for (String text : new String[] {"", "no Base64!", "c2hvcnQ=", "A".repeat(60)}) {
            server.setProperty(PROPERTY, text);
            assertThatThrownBy(this::read).isInstanceOf(IllegalStateException.class)
                .hasMessage("The property " + PROPERTY + " does not hold 32 bytes in Base64");
            assertThat(server.property(PROPERTY)).isEqualTo(text);
        }
    }

    private static void assertStoredEncrypted(byte[] key) throws SQLException {
        assertThat(JiveGlobals.isPropertyEncrypted(PROPERTY)).isTrue();
        assertThat(stored()).isNotEmpty().doesNotContain(Base64.getEncoder().encodeToString(key).substring(0, 43));
    }

    private static String stored() throws SQLException {
        try (Connection connection = DbConnectionManager.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                    "SELECT propValue FROM ofProperty WHERE name='" + PROPERTY + "'")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    /** The plugin's classes are in its jar alone. */
    private byte[] read() throws Exception {
        Class<?> type = server.plugins().classLoader("omemo").loadClass("org.igniterealtime.openfire.plugin.omemo.server.StorageKey");
        try {
            Object key = type.getMethod("read", SecureRandom.class).invoke(null, new SecureRandom());
            return (byte[]) key.getClass().getMethod("toBytes").invoke(key);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }
}
