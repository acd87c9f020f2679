package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedPartsTest {

    private final List<String> seen = new ArrayList<>();
    private final StartedParts parts = new StartedParts();

    private void start(String name) {
        parts.start(() -> seen.add("+" + name), () -> seen.add("-" + name));
    }

    @Test
    void areStoppedInReverse() {
        start("guard");
        start("keys");
        start("bots");
        parts.stopAllBut(0);
        parts.stopAllBut(0);

        assertThat(seen).containsExactly("+guard", "+keys", "+bots", "-bots", "-keys", "-guard");
    }

    @Test
    void whatFailsHalfWayIsStoppedAndTheGuardStays() {
        start("guard");
        start("keys");
        assertThatThrownBy(() -> parts.start(() -> {
            throw new IllegalStateException();
        }, () -> seen.add("-half"))).isInstanceOf(IllegalStateException.class);
        parts.stopAllBut(1);

        assertThat(seen).containsExactly("+guard", "+keys", "-half", "-keys");
    }

    @Test
    void whatCannotBeStoppedKeepsNobodyElseRunning() {
        start("guard");
        parts.start(() -> { }, () -> {
            throw new NoClassDefFoundError();
        });
        start("keys");
        parts.stopAllBut(0);

        assertThat(seen).containsExactly("+guard", "+keys", "-keys", "-guard");
    }
}
