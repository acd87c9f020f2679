package org.igniterealtime.openfire.plugin.omemo.admin;

import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;

/** A room in the list, with what is known of it without looking at it. */
record RoomEntry(String address, String service, Policy policy) {

    static RoomEntry of(String address, PolicyBook policies) {
        String service = address.substring(address.indexOf('@') + 1);
        return new RoomEntry(address, service, policies.policyOf(address, service));
    }

    String mode() {
        return Words.of(policy.mode());
    }
}
