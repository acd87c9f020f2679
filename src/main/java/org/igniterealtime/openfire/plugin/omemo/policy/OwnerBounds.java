package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * How far owners may choose the policy of their room: its mode, and the families that it accepts. All other rules, and
 * the bounds, are the operator's; they bind at every moment, not only when an owner chooses.
 */
public enum OwnerBounds {

    /** Not at all. */
    NOTHING {
        @Override
        public List<Mode> modes(Policy operators) {
            return List.of(operators.mode());
        }

        @Override
        public Set<Family> families(Policy operators) {
            return operators.families();
        }

        @Override
        public Policy policy(Policy operators, Policy chosen) {
            return operators;
        }
    },

    /** A mode that is carried further than the operator's, fewer families. */
    STRICTER {
        @Override
        public List<Mode> modes(Policy operators) {
            return Arrays.stream(Mode.values()).filter(mode -> mode.compareTo(operators.mode()) >= 0).toList();
        }

        @Override
        public Set<Family> families(Policy operators) {
            return operators.families();
        }

        @Override
        public Policy policy(Policy operators, Policy chosen) {
            Set<Family> both = EnumSet.copyOf(operators.families());
            both.retainAll(chosen.families());
            return operators.withMode(Policy.stricter(operators, chosen).mode())
                .withFamilies(both.isEmpty() ? operators.families() : both);
        }
    },

    /** Any mode, any families. */
    FREELY {
        @Override
        public List<Mode> modes(Policy operators) {
            return List.of(Mode.values());
        }

        @Override
        public Set<Family> families(Policy operators) {
            return EnumSet.allOf(Family.class);
        }

        @Override
        public Policy policy(Policy operators, Policy chosen) {
            return operators.withMode(chosen.mode()).withFamilies(chosen.families());
        }
    };

    /** What holds where nobody has said anything. */
    public static final OwnerBounds DEFAULT = STRICTER;

    /** The modes that owners may choose from, with the operator's own. */
    public abstract List<Mode> modes(Policy operators);

    /** The families that owners may choose from. */
    public abstract Set<Family> families(Policy operators);

    /**
     * The policy of a room.
     *
     * @param operators what the operator says
     * @param chosen what an owner has said at some time; its mode and its families count
     */
    public abstract Policy policy(Policy operators, Policy chosen);

    /** Whether owners may choose this. */
    public boolean allow(Policy operators, Mode mode, Set<Family> families) {
        return modes(operators).contains(mode) && families(operators).containsAll(families)
            && (this != NOTHING || families.equals(operators.families()));
    }

    /** Whether owners have any choice. */
    public boolean leavesChoice() {
        return this != NOTHING;
    }
}
