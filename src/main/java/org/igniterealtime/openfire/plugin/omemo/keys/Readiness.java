package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Whether others could write to an account with OMEMO, family by family, as far as that can be told by what it has published.
 *
 * @param families how it stands with each family
 */
public record Readiness(Map<Family, State> families) {

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
    }

    /** What these keys tell. Signatures are verified, which takes a moment. */
    static Readiness of(AccountKeys keys) {
        Map<Family, State> families = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            families.put(family, state(PublishedFamily.of(family, keys), keys));
        }
        return new Readiness(families);
    }

    private static State state(PublishedFamily published, AccountKeys keys) {
        boolean isListFaulty = published.faults().stream().anyMatch(fault -> fault.code() == KeyFindingCode.FAULTY_LIST);
        if (published.listed().isEmpty()) {
            return isListFaulty ? State.BROKEN : State.NO_DEVICE;
        }
        Set<Integer> faulty = published.faults().stream().filter(fault -> fault.code() == KeyFindingCode.FAULTY_BUNDLE)
            .map(KeyFinding::device).filter(OptionalInt::isPresent).map(OptionalInt::getAsInt).collect(Collectors.toSet());
        Set<String> usable = published.listed().stream().filter(device -> !faulty.contains(device))
            .map(published.bundles()::get).flatMap(place -> Optional.ofNullable(place).stream())
            .map(PublishedFamily.Place::node).collect(Collectors.toSet());
        if (isListFaulty || usable.isEmpty()) {
            return State.BROKEN;
        }
        return mayBeRead(published.family().deviceListNode(), keys)
            && usable.stream().anyMatch(node -> mayBeRead(node, keys)) ? State.ABLE : State.CLOSED;
    }

    private static boolean mayBeRead(String node, AccountKeys keys) {
        return keys.node(node).filter(PublishedNode::everyoneMayRead).isPresent();
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
