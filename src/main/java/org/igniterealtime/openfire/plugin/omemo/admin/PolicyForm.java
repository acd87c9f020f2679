package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;
import org.igniterealtime.openfire.plugin.omemo.server.Scope;
import org.jivesoftware.util.JiveGlobals;

/**
 * The form in which a policy is added or changed.
 *
 * @param property the one to be changed; empty for a new one
 * @param kind what for: {@code room}, {@code pattern}, {@code service} or {@code default}
 * @param subject which room, service, or number of a pattern
 * @param pattern which rooms, for a pattern
 * @param policy as it is written
 * @param problems what is wrong, by field
 */
public record PolicyForm(
    String property, String kind, String subject, String pattern, String policy, Map<String, Problem> problems) {

    /** Openfire keeps no longer names. */
    private static final int LONGEST_NAME = 100;

    /** For a new policy. */
    static PolicyForm empty() {
        return new PolicyForm("", "room", "", "", "", Map.of());
    }

    static PolicyForm of(PolicyRow row) {
        return new PolicyForm(row.property(), row.kind(), row.subject(), row.pattern(), row.policy(), Map.of());
    }

    /** What was typed, and what is wrong with it. */
    static PolicyForm typed(Visit visit) {
        Optional<PolicyForm> changed = PolicyRow.of(visit.text("property")).map(PolicyForm::of);
        String kind = changed.map(PolicyForm::kind).orElse(visit.text("kind"));
        String subject = changed.map(PolicyForm::subject).orElse("default".equals(kind) ? "" : visit.text("subject"));
        PolicyForm form = new PolicyForm(changed.map(PolicyForm::property).orElse(""), kind, subject,
            "pattern".equals(kind) ? visit.text("pattern") : "", visit.text("policy"), new HashMap<>());
        form.judge();
        return form;
    }

    private void judge() {
        Optional<Scope> scope = scope();
        if (scope.isEmpty()) {
            problems.put("subject", Problem.of("subject." + (kind.matches("pattern|service") ? kind : "room")));
        } else if (name().length() > LONGEST_NAME) {
            problems.put("subject", Problem.of("subject.long", LONGEST_NAME));
        } else if (property.isEmpty() && JiveGlobals.getProperty(name()) != null) {
            problems.put("subject", Problem.of("subject.taken"));
        }
        if ("pattern".equals(kind) && (pattern.isEmpty() || pattern.contains(" "))) {
            problems.put("pattern", Problem.of("pattern"));
        }
        try {
            PolicySetting.parse(new Scope.Server(), policy);
            if (value().length() > PolicySetting.LONGEST_VALUE) {
                throw new InvalidPolicyException(InvalidPolicyException.Fault.TOO_LONG, PolicySetting.LONGEST_VALUE);
            }
        } catch (InvalidPolicyException e) {
            problems.put("policy", Problem.of(e));
        }
    }

    private Optional<Scope> scope() {
        if (!property.isEmpty()) {
            return Scope.ofProperty(property);
        }
        return switch (kind) {
            case "default" -> Optional.of(new Scope.Server());
            case "room", "pattern", "service" -> Scope.ofProperty(Scope.PREFIX + kind + '.' + subject);
            default -> Optional.empty();
        };
    }

    /** Of the property to be set, in the spelling that rooms are looked up by. */
    String name() {
        return property.isEmpty() ? scope().orElseThrow().property() : property;
    }

    /** What it is about, for people. */
    String about() {
        return !pattern.isEmpty() ? pattern : !subject.isEmpty() ? subject : kind;
    }

    /** Of the property to be set. */
    String value() {
        return pattern.isEmpty() ? policy : pattern + ' ' + policy;
    }
}
