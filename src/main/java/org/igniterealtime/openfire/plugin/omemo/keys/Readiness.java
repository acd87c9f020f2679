package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Whether others could write to an account with OMEMO, family by family, as far as that can be told by what it has published.
 *
 * @param families how it stands with each family
 * @param devices  those that could be written to by whoever may read their keys, in the order of their ids; without families
 *                 that have none
 */
public record Readiness(Map<Family, State> families, Map<Family, List<Integer>> devices) {

    /** How an account stands with one family, from good to bad. */
    public enum State {
        /** One device at least is listed, and its bundle is in order. */
        ABLE,
        /** It would be able to, but not everybody may read its list or its bundles. */
        CLOSED,
        /** Devices are listed, but none has a bundle that is in order, or the list itself is faulty. */
        BROKEN,
        /** No device is listed. */
        NO_DEVICE
    }

    public Readiness {
        families = Map.copyOf(families);
        devices = Map.copyOf(devices);
    }

    /** What these keys tell. Signatures are verified, which takes a moment. */
    static Readiness of(AccountKeys keys) {
        Map<Family, State> families = new EnumMap<>(Family.class);
        Map<Family, List<Integer>> devices = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            PublishedFamily published = PublishedFamily.of(family, keys);
            List<Integer> usable = usable(published);
            State state = state(published, usable, keys);
            families.put(family, state);
            if (state == State.ABLE || state == State.CLOSED) {
                devices.put(family, usable);
            }
        }
        return new Readiness(families, devices);
    }

    /** Without devices that nobody needs to write to any more; how it stands is the same. */
    Readiness without(Map<Family, Set<Integer>> dead) {
        if (dead.isEmpty()) {
            return this;
        }
        Map<Family, List<Integer>> alive = new EnumMap<>(Family.class);
        devices.forEach((family, all) -> {
            List<Integer> left = all.stream().filter(device -> !dead.getOrDefault(family, Set.of()).contains(device)).toList();
            if (!left.isEmpty()) {
                alive.put(family, left);
            }
        });
        return new Readiness(families, alive);
    }

    /** The devices on the list whose bundles are there and in order. */
    private static List<Integer> usable(PublishedFamily published) {
        Set<Integer> faulty = published.faults().stream().filter(fault -> fault.code() == KeyFindingCode.FAULTY_BUNDLE)
            .map(KeyFinding::device).filter(OptionalInt::isPresent).map(OptionalInt::getAsInt).collect(Collectors.toSet());
        return published.listed().stream().filter(device -> !faulty.contains(device) && published.bundles().containsKey(device))
            .toList();
    }

    private static State state(PublishedFamily published, List<Integer> usable, AccountKeys keys) {
        boolean isListFaulty = published.faults().stream().anyMatch(fault -> fault.code() == KeyFindingCode.FAULTY_LIST);
        if (published.listed().isEmpty()) {
            return isListFaulty ? State.BROKEN : State.NO_DEVICE;
        }
        if (isListFaulty || usable.isEmpty()) {
            return State.BROKEN;
        }
        return mayBeRead(published.family().deviceListNode(), keys)
            && usable.stream().map(published.bundles()::get).map(PublishedFamily.Place::node).distinct()
                .anyMatch(node -> mayBeRead(node, keys)) ? State.ABLE : State.CLOSED;
    }

    private static boolean mayBeRead(String node, AccountKeys keys) {
        return keys.node(node).filter(PublishedNode::everyoneMayRead).isPresent();
    }

    /** The devices of one family that could be written to, in the order of their ids. */
    public List<Integer> devices(Family family) {
        List<Integer> found = devices.get(family);
        return found == null ? List.of() : found;
    }

    /** Whether it is able to in this family. */
    public boolean isAble(Family family) {
        return families.get(family) == State.ABLE;
    }

    /** The best that it reaches in any of these families. */
    public State in(Set<Family> accepted) {
        return accepted.stream().map(families::get).min(State::compareTo).orElse(State.NO_DEVICE);
    }
}
