package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Locale;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;

/**
 * What is wrong with something that was typed.
 *
 * @param key of its text
 * @param words for the places in the text
 */
public record Problem(String key, List<Object> words) {

    private static final String PREFIX = "console.problem.";

    static Problem of(String name, Object... words) {
        return new Problem(PREFIX + name, List.of(words));
    }

    static Problem of(InvalidPolicyException e) {
        return new Problem(PREFIX + "policy." + e.fault().name().toLowerCase(Locale.ROOT).replace('_', '-'), e.words());
    }
}
