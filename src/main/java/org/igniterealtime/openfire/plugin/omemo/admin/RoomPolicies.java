package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;
import org.igniterealtime.openfire.plugin.omemo.server.Scope;
import org.jivesoftware.util.JiveGlobals;

/** The properties that set policies for single rooms. One room may be spelt in several ways: all are kept alike. */
final class RoomPolicies {

    /** Openfire keeps no longer names. */
    static final int LONGEST_NAME = 100;

    private final Map<String, List<String>> properties = new HashMap<>();

    /** As they are set now. */
    static RoomPolicies stored() {
        RoomPolicies policies = new RoomPolicies();
        List<String> names = JiveGlobals.getPropertyNames();
        for (String name : names) {
            Optional<Scope> scope = name.startsWith(Scope.PREFIX) ? Scope.ofProperty(name) : Optional.empty();
            if (scope.isPresent() && scope.get() instanceof Scope.Room room) {
                policies.properties.computeIfAbsent(room.jid(), jid -> new ArrayList<>()).add(name);
            }
        }
        return policies;
    }

    private Collection<String> of(String address) {
        return properties.getOrDefault(address, List.of());
    }

    /** Whether a policy can be stored for a room of this address. */
    boolean canHold(String address) {
        return !of(address).isEmpty() || new Scope.Room(address).property().length() <= LONGEST_NAME;
    }

    /** Whether the text is short enough to be stored. */
    static boolean canHoldText(String policy) {
        return policy.length() <= PolicySetting.LONGEST_VALUE;
    }

    /**
     * Sets the policy of a room.
     *
     * @return what was changed into what, for the audit log; empty if it was so before
     */
    List<String> set(String address, String policy) {
        Collection<String> names = of(address).isEmpty() ? List.of(new Scope.Room(address).property()) : of(address);
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String before = JiveGlobals.getProperty(name, "nothing");
            if (!before.equals(policy)) {
                JiveGlobals.setProperty(name, policy);
                changes.add(name + ": " + before + " -> " + policy);
            }
        }
        return changes;
    }

    /** Takes a room's own policy away. @return what was deleted, for the audit log */
    List<String> delete(String address) {
        List<String> changes = new ArrayList<>();
        for (String name : of(address)) {
            String before = JiveGlobals.getProperty(name);
            JiveGlobals.deleteProperty(name);
            changes.add(name + ": " + before);
        }
        return changes;
    }
}
