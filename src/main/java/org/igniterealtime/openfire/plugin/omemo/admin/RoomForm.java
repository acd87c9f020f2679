package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.PolicySetting;

/**
 * The form of a room's policy.
 *
 * @param families that are taken, by their labels
 * @param rules all others
 * @param problems what is wrong with mode, families or the whole
 * @param policy what the form says; null if it is wrong
 */
public record RoomForm(
    String mode, List<String> families, List<RuleField> rules, Map<String, Problem> problems, Policy policy) {

    static RoomForm of(Policy policy) {
        return new RoomForm(Words.of(policy.mode()), Words.families(policy), RuleField.of(policy), Map.of(), policy);
    }

    /** What was typed, and what is wrong with it. */
    static RoomForm typed(Visit visit) {
        String mode = visit.text("mode");
        Map<String, Problem> problems = new HashMap<>();
        if (!RoomQuery.MODES.contains(mode)) {
            problems.put("mode", Problem.of("choice"));
        }
        List<String> families = labels().stream().filter(label -> visit.has("family-" + label)).toList();
        if (families.isEmpty()) {
            problems.put("families", Problem.of("families"));
        }
        List<RuleField> rules = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (RuleField usual : RuleField.of(Policy.OFF)) {
            RuleField rule = judged(usual.typed(visit));
            rules.add(rule);
            text.append(rule.part());
        }
        Policy policy = null;
        if (problems.isEmpty() && rules.stream().map(RuleField::problem).allMatch(Objects::isNull)) {
            policy = whole(mode + "; families=" + String.join(",", families) + text, problems);
        }
        return new RoomForm(mode, families, rules, problems, policy);
    }

    private static RuleField judged(RuleField rule) {
        if (!rule.choices().isEmpty()) {
            return rule.choices().contains(rule.value()) ? rule : rule.with(Problem.of("choice"));
        }
        // Nothing may be smuggled into a text that is put together of such parts.
        if (rule.value().contains(";")) {
            return rule.with(Problem.of("policy.unknown-value", rule.value(), rule.id()));
        }
        try {
            PolicyText.parse("off" + rule.part());
            return rule;
        } catch (InvalidPolicyException e) {
            return rule.with(Problem.of(e));
        }
    }

    private static Policy whole(String text, Map<String, Problem> problems) {
        try {
            Policy policy = PolicyText.parse(text);
            if (RoomPolicies.canHoldText(PolicyText.format(policy))) {
                return policy;
            }
            problems.put("policy", Problem.of("policy-long", PolicySetting.LONGEST_VALUE));
        } catch (InvalidPolicyException e) {
            problems.put("policy", Problem.of(e));
        }
        return null;
    }

    static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (Family family : Family.values()) {
            labels.add(family.label());
        }
        return labels;
    }
}
