package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.igniterealtime.openfire.plugin.omemo.policy.Check;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;

/**
 * A rule of a policy in the form.
 *
 * @param id of the field, which is the rule's name in a policy
 * @param choices for a choice; empty for a text
 * @param value as it holds, or as it was typed
 * @param problem what is wrong with the value, or null
 */
public record RuleField(String id, List<String> choices, String value, Problem problem) {

    private record Choice<E extends Enum<E>>(String id, Class<E> type, Function<Policy, E> value) {

        RuleField of(Policy policy) {
            return new RuleField(id, Arrays.stream(type.getEnumConstants()).map(Words::of).toList(),
                Words.of(value.apply(policy)), null);
        }
    }

    private static final List<Choice<?>> CHOICES = List.of(
        new Choice<>("body", Policy.FallbackBody.class, Policy::fallbackBody),
        new Choice<>("history", Policy.History.class, Policy::history),
        new Choice<>("unlisted", Policy.Unlisted.class, Policy::unlisted),
        new Choice<>("subject", Policy.Subject.class, Policy::subject),
        new Choice<>("reactions", Policy.Reactions.class, Policy::reactions),
        new Choice<>("reason", Policy.InvitationReason.class, Policy::invitationReason),
        new Choice<>("private", Policy.PrivateMessages.class, Policy::privateMessages),
        new Choice<>("status", Policy.PresenceStatus.class, Policy::presenceStatus),
        new Choice<>("sender-device", Check.class, policy -> policy.checks().senderDevice()),
        new Choice<>("recipients", Check.class, policy -> policy.checks().recipients()),
        new Choice<>("recipient-devices", Check.class, policy -> policy.checks().recipientDevices()),
        new Choice<>("counterfeit", Check.class, policy -> policy.checks().counterfeit()),
        new Choice<>("coverage", Check.class, policy -> policy.checks().coverage()));

    /** All rules but mode and families, as a policy has them. */
    static List<RuleField> of(Policy policy) {
        List<RuleField> fields = new ArrayList<>();
        CHOICES.forEach(choice -> fields.add(choice.of(policy)));
        fields.add(new RuleField("may-miss", List.of(), policy.checks().mayMiss().toString(), null));
        fields.add(day("warn-from", policy.plan().warnFrom()));
        fields.add(day("enforce-from", policy.plan().enforceFrom()));
        fields.add(day("legacy-until", policy.plan().legacyUntil()));
        fields.add(new RuleField("max-keys", List.of(), Integer.toString(policy.maxKeys()), null));
        fields.add(new RuleField("exempt", List.of(), String.join(", ",
            policy.exemptions().stream().map(Object::toString).toList()), null));
        return fields;
    }

    private static RuleField day(String id, Optional<LocalDate> day) {
        return new RuleField(id, List.of(), day.map(LocalDate::toString).orElse(""), null);
    }

    RuleField typed(Visit visit) {
        return new RuleField(id, choices, visit.text(id), null);
    }

    RuleField with(Problem wrong) {
        return new RuleField(id, choices, value, wrong);
    }

    /** As a part of a policy's text; empty if nothing is said. */
    String part() {
        return value.isEmpty() ? "" : "; " + id + "=" + value;
    }
}
