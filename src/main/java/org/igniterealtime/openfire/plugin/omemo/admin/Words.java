package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** Constants as settings and the keys of texts have them. */
final class Words {

    private Words() {
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The labels of the families that a policy accepts. */
    static List<String> families(Policy policy) {
        return policy.families().stream().sorted().map(Family::label).collect(Collectors.toList());
    }
}
