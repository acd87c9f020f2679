package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final BareJid BOB = BareJid.of("bob@example.org").orElseThrow();

    private final DeviceWatch watch = new DeviceWatch();
    private final Set<String> alive = new HashSet<>(Set.of("phone", "laptop"));

    @Test
    void aConnectedDeviceThatAnotherOneDropsIsOverwritten() {
        assertThat(replace("phone", Set.of(), Set.of(1))).isEmpty();

        assertThat(replace("laptop", Set.of(1), Set.of(2))).containsExactly(1);
        assertThat(replace("phone", Set.of(2), Set.of(1))).containsExactly(2);
    }

    @Test
    void theOneThatPublishedABundleIsItsDevice() {
        watch.announce(ALICE, 1, "phone");

        assertThat(replace("laptop", Set.of(1, 7), Set.of(2))).containsExactly(1);
    }

    @Test
    void aDeviceMayLeaveByItself() {
        replace("phone", Set.of(), Set.of(1));

        assertThat(replace("phone", Set.of(1), Set.of())).isEmpty();
    }

    @Test
    void aDeviceThatIsGoneIsNotMissed() {
        replace("phone", Set.of(), Set.of(1));
        alive.remove("phone");

        assertThat(replace("laptop", Set.of(1), Set.of(2))).isEmpty();
    }

    @Test
    void whoeverRepeatsAnothersDeviceDoesNotBecomeIt() {
        replace("phone", Set.of(), Set.of(1));
        replace("laptop", Set.of(1), Set.of(1, 2));

        assertThat(replace("laptop", Set.of(1, 2), Set.of(2))).containsExactly(1);
    }

    @Test
    void accountsAreTheirOwn() {
        replace("phone", Set.of(), Set.of(1));

        assertThat(watch.replace(BOB, Set.of(1), Set.of(), "laptop", alive::contains)).isEmpty();
    }

    @Test
    void anAccountsDevicesAreBounded() {
        for (int device = 1; device <= 1_000; device++) {
            watch.announce(ALICE, device, "phone");
        }
        watch.announce(ALICE, 1, "laptop");

        Set<Integer> all = new HashSet<>();
        for (int device = 1; device <= 1_000; device++) {
            all.add(device);
        }
        assertThat(replace("tablet", all, Set.of())).hasSize(100).contains(1);
    }

    private Set<Integer> replace(String connection, Set<Integer> before, Set<Integer> after) {
        return watch.replace(ALICE, before, after, connection, alive::contains);
    }
}
