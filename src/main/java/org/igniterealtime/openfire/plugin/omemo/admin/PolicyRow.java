package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;
import org.igniterealtime.openfire.plugin.omemo.server.Scope;
import org.jivesoftware.util.JiveGlobals;

/**
 * A policy that is set, or the one that holds for all other rooms where none is set.
 *
 * @param property its name
 * @param isSet false if nothing is written there
 * @param kind {@code owner}, {@code room}, {@code pattern}, {@code service}, {@code default} or {@code unknown}
 * @param subject which room, service, or number of a pattern
 * @param pattern which rooms, for a pattern
 * @param policy the policy as it is written
 * @param inForce what holds because of it; null if it has no effect
 * @param problem what cannot be read, or null
 */
public record PolicyRow(String property, boolean isSet, String kind, String subject, String pattern, String policy,
    Policy inForce, Problem problem) {

    private static final List<String> ORDER = List.of("unknown", "owner", "room", "pattern", "service", "default");
    private static final String DEFAULT = new Scope.Server().property();

    /** All, in the order in which they are tried; the last one holds for all other rooms. */
    static List<PolicyRow> all() {
        List<String> names = new ArrayList<>();
        List<String> stored = JiveGlobals.getPropertyNames();
        stored.stream().filter(name -> name.startsWith(Scope.PREFIX) && !name.equals(DEFAULT)).forEach(names::add);
        names.add(DEFAULT);
        return names.stream().map(PolicyRow::of).flatMap(Optional::stream)
            .sorted(Comparator.comparing((PolicyRow row) -> ORDER.indexOf(row.kind))
                .thenComparing(row -> row.subject.length() * ("pattern".equals(row.kind) ? 1 : 0))
                .thenComparing(row -> row.subject))
            .toList();
    }

    /** The one with this property's name, if there is one. */
    static Optional<PolicyRow> of(String property) {
        String value = property.startsWith(Scope.PREFIX) ? JiveGlobals.getProperty(property) : null;
        if (value == null) {
            return property.equals(DEFAULT)
                ? Optional.of(new PolicyRow(DEFAULT, false, "default", "", "", PolicyText.format(Policy.OFF), Policy.OFF, null))
                : Optional.empty();
        }
        return Optional.of(of(property, value));
    }

    private static PolicyRow of(String property, String value) {
        Scope scope = Scope.ofProperty(property).orElse(null);
        if (scope == null) {
            return new PolicyRow(property, true, "unknown", property, "", value, null, Problem.of("scope"));
        }
        String text = value.strip();
        int space = scope instanceof Scope.Pattern ? text.indexOf(' ') : -1;
        Policy inForce;
        Problem problem = null;
        try {
            inForce = PolicySetting.parse(scope, value).policy();
        } catch (InvalidPolicyException e) {
            inForce = Console.running().rooms().inForce(property).orElse(null);
            problem = Problem.of(e);
        }
        return new PolicyRow(property, true, kind(scope), subject(scope, property), space < 0 ? "" : text.substring(0, space),
            text.substring(space + 1).strip(), inForce, problem);
    }

    private static String kind(Scope scope) {
        return scope instanceof Scope.Server ? "default" : scope.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** As it is written, which may be another spelling than the scope's own. */
    private static String subject(Scope scope, String property) {
        String written = property.substring(Scope.PREFIX.length());
        return scope instanceof Scope.Server ? "" : written.substring(written.indexOf('.') + 1);
    }

    /** The mode that is in force; empty if it has no effect. */
    public String mode() {
        return inForce == null ? "" : Words.of(inForce.mode());
    }

    /** What is in force, in one line; empty if it has no effect. */
    public String effect() {
        return inForce == null ? "" : PolicyText.format(inForce);
    }
}
