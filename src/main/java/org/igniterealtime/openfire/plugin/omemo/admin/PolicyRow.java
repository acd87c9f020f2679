package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;
import org.igniterealtime.openfire.plugin.omemo.server.Scope;
import org.jivesoftware.util.JiveGlobals;

/**
 * A policy that is set.
 *
 * @param property its name
 * @param kind {@code owner}, {@code room}, {@code pattern}, {@code service}, {@code default} or {@code unknown}
 * @param subject which room, service, or number of a pattern
 * @param pattern which rooms, for a pattern
 * @param policy the policy as it is written
 * @param mode its mode, or {@code unreadable}
 * @param problem what cannot be read, or null
 */
public record PolicyRow(
    String property, String kind, String subject, String pattern, String policy, String mode, Problem problem) {

    private static final List<String> ORDER = List.of("unknown", "owner", "room", "pattern", "service", "default");

    /** All that are set, in the order in which they are tried. */
    static List<PolicyRow> all() {
        List<String> names = JiveGlobals.getPropertyNames();
        return names.stream().filter(name -> name.startsWith(Scope.PREFIX)).map(PolicyRow::of)
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing((PolicyRow row) -> ORDER.indexOf(row.kind))
                .thenComparing(row -> row.subject.length() * ("pattern".equals(row.kind) ? 1 : 0))
                .thenComparing(PolicyRow::subject))
            .toList();
    }

    /** The one with this property's name, if it is set. */
    static Optional<PolicyRow> of(String property) {
        String value = property.startsWith(Scope.PREFIX) ? JiveGlobals.getProperty(property) : null;
        return Optional.ofNullable(value).map(text -> of(property, text));
    }

    private static PolicyRow of(String property, String value) {
        Scope scope = Scope.ofProperty(property).orElse(null);
        if (scope == null) {
            return new PolicyRow(property, "unknown", property, "", value, "unreadable", Problem.of("scope"));
        }
        String text = value.strip();
        int space = scope instanceof Scope.Pattern ? text.indexOf(' ') : -1;
        String mode = "unreadable";
        Problem problem = null;
        try {
            mode = PolicySetting.parse(scope, value).policy().mode().name().toLowerCase(Locale.ROOT);
        } catch (InvalidPolicyException e) {
            problem = Problem.of(e);
        }
        return new PolicyRow(property, kind(scope), subject(property), space < 0 ? "" : text.substring(0, space),
            text.substring(space + 1).strip(), mode, problem);
    }

    private static String kind(Scope scope) {
        return scope instanceof Scope.Server ? "default" : scope.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** As it is written, which may be another spelling than the scope's own. */
    private static String subject(String property) {
        String scope = property.substring(Scope.PREFIX.length());
        return scope.substring(scope.indexOf('.') + 1);
    }
}
