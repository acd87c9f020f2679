package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;

/**
 * What is to be done once everything that was missed has been read.
 *
 * @param answers empty messages to devices that wait for one, to be sent before anything else
 * @param toRecover devices whose last message could not be read: fetch their bundles, {@link OmemoDevice#recover}
 */
public record CatchUpResult(Map<DeviceAddress, Encrypted> answers, Set<DeviceAddress> toRecover) {

    public CatchUpResult {
        answers = Map.copyOf(answers);
        toRecover = Set.copyOf(toRecover);
    }
}
