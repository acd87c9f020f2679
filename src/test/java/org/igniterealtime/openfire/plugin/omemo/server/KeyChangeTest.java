package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class KeyChangeTest {

    @Test
    void itArrivesAsItWasSent() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new KeyChange("alice@example.org", "17", true));
        }

        KeyChange change = (KeyChange) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(change.owner()).isEqualTo("alice@example.org");
        assertThat(change.id()).isEqualTo("17");
        assertThat(change.begins()).isTrue();
    }

    @Test
    void whereThePluginIsNotLoadedItDoesNothing() {
        new KeyChange("alice@example.org", "17", true).run();
        new KeyChange("alice@example.org", "17", false).run();
    }
}
