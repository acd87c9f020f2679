package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;

class TemporaryPolicyTest {

    private static final String SERVICE = "conference.example.org";
    private static final BareJid ROOM = BareJid.of("selftest@" + SERVICE).orElseThrow();
    private static final BareJid OTHER = BareJid.of("other@" + SERVICE).orElseThrow();

    private final PolicySettings settings = new PolicySettings(room -> { });

    @Test
    void itIsInForceForItsRoomAloneAndOnlyUntilItIsClosed() throws Exception {
        TemporaryPolicy policy = settings.temporarily(ROOM, PolicyText.parse("enforce"));

        assertThat(mode(ROOM)).isEqualTo(Mode.ENFORCE);
        assertThat(mode(OTHER)).isEqualTo(Mode.OFF);

        policy.close();
        assertThat(mode(ROOM)).isEqualTo(Mode.OFF);
    }

    @Test
    void itStandsInFrontOfWhatTheOperatorSetsMeanwhile() throws Exception {
        TemporaryPolicy policy = settings.temporarily(ROOM, PolicyText.parse("warn"));

        set("plugin.omemo.policy.room." + ROOM, "enforce");
        set("plugin.omemo.policy.default", "enforce");
        assertThat(mode(ROOM)).isEqualTo(Mode.WARN);
        assertThat(mode(OTHER)).isEqualTo(Mode.ENFORCE);

        policy.close();
        assertThat(mode(ROOM)).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void aRoomHasOneAtATime() throws Exception {
        Policy enforce = PolicyText.parse("enforce");
        TemporaryPolicy first = settings.temporarily(ROOM, enforce);
        assertThatThrownBy(() -> settings.temporarily(ROOM, enforce)).isInstanceOf(IllegalStateException.class);
        first.close();
        TemporaryPolicy second = settings.temporarily(ROOM, enforce);

        first.close();

        assertThat(mode(ROOM)).isEqualTo(Mode.ENFORCE);
        second.close();
        assertThat(mode(ROOM)).isEqualTo(Mode.OFF);
    }

    private Mode mode(BareJid room) {
        return settings.book().policyOf(room.toString(), SERVICE).mode();
    }

    private void set(String name, String value) {
        settings.propertySet(name, Map.of("value", value));
    }
}
