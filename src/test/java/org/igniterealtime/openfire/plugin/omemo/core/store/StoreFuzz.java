package org.igniterealtime.openfire.plugin.omemo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;

/** {@link StoreSnapshot} and with it every codec of what is stored: what one reads is written and read as the same. */
public final class StoreFuzz implements FuzzTarget {

    @Override
    public Stream<byte[]> seeds() {
        return Arrays.stream(Profile.values()).flatMap(profile -> {
            InMemoryStore alice = new InMemoryStore();
            InMemoryStore bob = new InMemoryStore();
            Devices devices = new Devices(profile, alice, bob);
            byte[] before = StoreSnapshot.of(bob);
            devices.talk(1);
            return Stream.of(before, StoreSnapshot.of(alice), StoreSnapshot.of(bob));
        });
    }

    @Override
    public boolean accepts(byte[] input) {
        InMemoryStore store = new InMemoryStore();
        try {
            StoreSnapshot.restore(input, store);
        } catch (OmemoException e) {
            assertThat(e.reason()).isEqualTo(Reason.UNDECODABLE);
            return false;
        }
        InMemoryStore again = new InMemoryStore();
        try {
            StoreSnapshot.restore(StoreSnapshot.of(store), again);
        } catch (OmemoException e) {
            throw new AssertionError("what was read cannot be read again", e);
        }
        assertThat(again.ownDevice()).isEqualTo(store.ownDevice());
        assertThat(again.signedPreKeys()).isEqualTo(store.signedPreKeys());
        assertThat(again.preKeys()).isEqualTo(store.preKeys());
        assertThat(again.allSessions()).isEqualTo(store.allSessions());
        store.allDevices().forEach((jid, devices) -> assertThat(again.devices(jid)).isEqualTo(devices));
        assertThat(again.allTrust()).isEqualTo(store.allTrust());
        assertThat(again.allModes()).isEqualTo(store.allModes());
        return true;
    }
}
