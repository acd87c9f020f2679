package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;
import org.igniterealtime.openfire.plugin.omemo.server.Scope;
import org.jivesoftware.util.JiveGlobals;

/**
 * The form in which a policy is added or changed.
 *
 * @param property the one to be changed; empty for a new one
 * @param kind what for: {@code room}, {@code pattern}, {@code service} or {@code default}
 * @param target which room, service, or number of a pattern
 * @param pattern which rooms, for a pattern
 * @param rules the policy
 * @param problems what is wrong with the rest, by field
 */
public record PolicyForm(
    String property, String kind, String target, String pattern, RoomForm rules, Map<String, Problem> problems) {

    /** For a new policy. */
    static PolicyForm empty() {
        return new PolicyForm("", "room", "", "", RoomForm.of(Policy.OFF), Map.of());
    }

    /** For one that is there: as it is in force, if it cannot be read. */
    static PolicyForm of(PolicyRow row) {
        return new PolicyForm(row.property(), row.kind(), row.subject(), row.pattern(),
            RoomForm.of(row.inForce() == null ? Policy.OFF : row.inForce()), Map.of());
    }

    /** What was typed, and what is wrong with it. */
    static PolicyForm typed(Visit visit) {
        PolicyRow changed = PolicyRow.of(visit.text("property")).orElse(null);
        String kind = changed == null ? visit.text("kind") : changed.kind();
        String target = changed != null ? changed.subject() : "default".equals(kind) ? "" : visit.text("target");
        PolicyForm form = new PolicyForm(changed == null ? "" : changed.property(), kind, target,
            "pattern".equals(kind) ? visit.text("pattern") : "", RoomForm.typed(visit), new HashMap<>());
        form.judge();
        return form;
    }

    private void judge() {
        Optional<Scope> scope = scope();
        if (scope.isEmpty()) {
            problems.put("target", Problem.of("subject." + (kind.matches("pattern|service") ? kind : "room")));
        } else if (name().length() > RoomPolicies.LONGEST_NAME) {
            problems.put("target", Problem.of("subject.long", RoomPolicies.LONGEST_NAME));
        } else if (property.isEmpty() && JiveGlobals.getProperty(name()) != null) {
            problems.put("target", Problem.of("subject.taken"));
        }
        if ("pattern".equals(kind) && (pattern.isEmpty() || pattern.contains(" "))) {
            problems.put("pattern", Problem.of("pattern"));
        }
        if (rules.policy() != null && !RoomPolicies.canHoldText(value())) {
            problems.put("rules", Problem.of("policy-long", PolicySetting.LONGEST_VALUE));
        }
    }

    private Optional<Scope> scope() {
        if (!property.isEmpty()) {
            return Scope.ofProperty(property);
        }
        return switch (kind) {
            case "default" -> Optional.of(new Scope.Server());
            case "room", "pattern", "service" -> Scope.ofProperty(Scope.PREFIX + kind + '.' + target);
            default -> Optional.empty();
        };
    }

    /** Whether it can be saved. */
    boolean isRight() {
        return problems.isEmpty() && rules.policy() != null;
    }

    /** Of the property to be set, in the spelling that rooms are looked up by. */
    String name() {
        return property.isEmpty() ? scope().orElseThrow().property() : property;
    }

    /** Of the property to be set. */
    String value() {
        String policy = PolicyText.format(rules.policy());
        return pattern.isEmpty() ? policy : pattern + ' ' + policy;
    }

    /** What it is about, for people. */
    String about() {
        return !pattern.isEmpty() ? pattern : !target.isEmpty() ? target : Written.text("console.settings.scope.default");
    }
}
