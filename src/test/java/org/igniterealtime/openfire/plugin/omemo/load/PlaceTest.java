package org.igniterealtime.openfire.plugin.omemo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlaceTest {

    @Test
    void loadIsPutOnThisMachine() throws IOException {
        assertThat(Place.of("127.0.0.1", 5222, "example.org").jid("bob")).isEqualTo("bob@example.org");
    }

    @Test
    void andOnNoOther() {
        assertThatThrownBy(() -> Place.of("192.0.2.1", 5222, "example.org")).hasMessageContaining("this machine only");
    }
}
