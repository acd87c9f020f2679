package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException.Fault;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.policy.RoomPattern;

/**
 * A policy as the operator has set it.
 *
 * @param scope what for
 * @param pattern which rooms, for a {@link Scope.Pattern}; otherwise null
 */
public record PolicySetting(Scope scope, RoomPattern pattern, Policy policy) {

    /** In characters. */
    public static final int LONGEST_VALUE = 2_000;

    /**
     * Reads the value of a property. A pattern stands in front of the policy, after it a space.
     *
     * @throws InvalidPolicyException saying what cannot be read
     */
    public static PolicySetting parse(Scope scope, String value) throws InvalidPolicyException {
        if (value.length() > LONGEST_VALUE) {
            throw new InvalidPolicyException(Fault.TOO_LONG, LONGEST_VALUE);
        }
        String text = value.strip();
        if (!(scope instanceof Scope.Pattern)) {
            return new PolicySetting(scope, null, PolicyText.parse(text));
        }
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new InvalidPolicyException(Fault.NO_PATTERN);
        }
        return new PolicySetting(scope, new RoomPattern(text.substring(0, space)),
            PolicyText.parse(text.substring(space + 1).strip()));
    }
}
