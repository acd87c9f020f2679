package org.igniterealtime.openfire.plugin.omemo.fuzz;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.MessageFuzz;
import org.igniterealtime.openfire.plugin.omemo.core.store.StoreFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJidFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64TextFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.BundleFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceListFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOutFuzz;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContentFuzz;

/** Every decoder that takes bytes from outside. */
final class FuzzTargets {

    static final List<FuzzTarget> ALL = List.of(
        new MessageFuzz(), new StoreFuzz(), new EncryptedFuzz(), new DeviceListFuzz(), new BundleFuzz(),
        new OptOutFuzz(), new SceContentFuzz(), new BareJidFuzz(), new Base64TextFuzz());

    private FuzzTargets() {
    }

    /** @throws IllegalArgumentException if there is none of this name */
    static FuzzTarget named(String name) {
        return ALL.stream().filter(target -> target.name().equals(name)).findFirst().orElseThrow(() ->
            new IllegalArgumentException("-Dfuzz is one of " + ALL.stream().map(FuzzTarget::name).toList()));
    }
}
