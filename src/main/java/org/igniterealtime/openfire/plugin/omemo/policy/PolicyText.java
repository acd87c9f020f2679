package org.igniterealtime.openfire.plugin.omemo.policy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException.Fault;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * A {@link Policy} in one line, as an operator writes it into a property: the mode, then whatever differs from the
 * defaults, such as {@code enforce; families=0.4,0.8+; subject=admins; exempt=jid:bot@example.org}.
 */
public final class PolicyText {

    /** The highest bound on keys that can be set: a stanza of a client holds no more. */
    static final int MOST_KEYS = 100_000;

    private Mode mode;
    private Set<Family> families = Policy.OFF.families();
    private Policy.FallbackBody body = Policy.OFF.fallbackBody();
    private Policy.History history = Policy.OFF.history();
    private Policy.Unlisted unlisted = Policy.OFF.unlisted();
    private Policy.Subject subject = Policy.OFF.subject();
    private Policy.Reactions reactions = Policy.OFF.reactions();
    private Policy.InvitationReason reason = Policy.OFF.invitationReason();
    private Policy.PrivateMessages privateMessages = Policy.OFF.privateMessages();
    private Policy.PresenceStatus status = Policy.OFF.presenceStatus();
    private int maxKeys = Policy.OFF.maxKeys();
    private Checks checks = Policy.OFF.checks();
    private Plan plan = Policy.OFF.plan();
    private List<Exemption> exemptions = Policy.OFF.exemptions();

    private PolicyText() {
    }

    /**
     * Reads a policy. Nothing is guessed: an unknown word, a rule said twice, or an empty one is an error.
     *
     * @throws InvalidPolicyException saying which part cannot be read
     */
    public static Policy parse(String text) throws InvalidPolicyException {
        String[] parts = text.split(";", -1);
        PolicyText reading = new PolicyText();
        reading.mode = constant(Mode.class, "mode", parts[0].strip());
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new InvalidPolicyException(Fault.NO_RULE, part);
            }
            String rule = part.substring(0, equals).strip();
            if (!seen.add(rule)) {
                throw new InvalidPolicyException(Fault.SAID_TWICE, rule);
            }
            reading.rule(rule, part.substring(equals + 1).strip());
        }
        if (reading.plan.legacyUntil().isPresent() && reading.families.equals(Set.of(Family.LEGACY))) {
            throw new InvalidPolicyException(Fault.NOTHING_LEFT);
        }
        return new Policy(reading.mode, reading.families, reading.body, reading.history, reading.unlisted,
            reading.subject, reading.reactions, reading.reason, reading.privateMessages, reading.status,
            reading.maxKeys, reading.checks, reading.plan, reading.exemptions);
    }

    private void rule(String rule, String value) throws InvalidPolicyException {
        switch (rule) {
            case "families" -> families = families(value);
            case "body" -> body = constant(Policy.FallbackBody.class, rule, value);
            case "history" -> history = constant(Policy.History.class, rule, value);
            case "unlisted" -> unlisted = constant(Policy.Unlisted.class, rule, value);
            case "subject" -> subject = constant(Policy.Subject.class, rule, value);
            case "reactions" -> reactions = constant(Policy.Reactions.class, rule, value);
            case "reason" -> reason = constant(Policy.InvitationReason.class, rule, value);
            case "private" -> privateMessages = constant(Policy.PrivateMessages.class, rule, value);
            case "status" -> status = constant(Policy.PresenceStatus.class, rule, value);
            case "max-keys" -> maxKeys = keys(value);
            case "sender-device" -> checks = checks.withSenderDevice(constant(Check.class, rule, value));
            case "recipients" -> checks = checks.withRecipients(constant(Check.class, rule, value));
            case "recipient-devices" -> checks = checks.withRecipientDevices(constant(Check.class, rule, value));
            case "counterfeit" -> checks = checks.withCounterfeit(constant(Check.class, rule, value));
            case "coverage" -> checks = checks.withCoverage(constant(Check.class, rule, value));
            case "may-miss" -> checks = checks.withMayMiss(Tolerance.parse(value)
                .orElseThrow(() -> new InvalidPolicyException(Fault.NO_TOLERANCE, value)));
            case "warn-from" -> plan = new Plan(day(value), plan.enforceFrom(), plan.legacyUntil());
            case "enforce-from" -> plan = new Plan(plan.warnFrom(), day(value), plan.legacyUntil());
            case "legacy-until" -> plan = new Plan(plan.warnFrom(), plan.enforceFrom(), day(value));
            case "exempt" -> exemptions = exemptions(value);
            default -> throw new InvalidPolicyException(Fault.UNKNOWN_RULE, rule);
        }
    }

    /** Writes the line that {@link #parse} reads back: the mode and what differs from the defaults. */
    public static String format(Policy policy) {
        Policy usual = Policy.of(policy.mode());
        List<String> parts = new ArrayList<>(List.of(word(policy.mode())));
        if (!policy.families().equals(usual.families())) {
            parts.add("families=" + policy.families().stream().sorted().map(Family::label)
                .collect(Collectors.joining(",")));
        }
        add(parts, "body", policy.fallbackBody(), usual.fallbackBody());
        add(parts, "history", policy.history(), usual.history());
        add(parts, "unlisted", policy.unlisted(), usual.unlisted());
        add(parts, "subject", policy.subject(), usual.subject());
        add(parts, "reactions", policy.reactions(), usual.reactions());
        add(parts, "reason", policy.invitationReason(), usual.invitationReason());
        add(parts, "private", policy.privateMessages(), usual.privateMessages());
        add(parts, "status", policy.presenceStatus(), usual.presenceStatus());
        if (policy.maxKeys() != usual.maxKeys()) {
            parts.add("max-keys=" + policy.maxKeys());
        }
        addChecks(parts, policy.checks(), usual.checks());
        policy.plan().warnFrom().ifPresent(day -> parts.add("warn-from=" + day));
        policy.plan().enforceFrom().ifPresent(day -> parts.add("enforce-from=" + day));
        policy.plan().legacyUntil().ifPresent(day -> parts.add("legacy-until=" + day));
        if (!policy.exemptions().isEmpty()) {
            parts.add("exempt=" + policy.exemptions().stream().map(Exemption::toString)
                .collect(Collectors.joining(",")));
        }
        return String.join("; ", parts);
    }

    private static void addChecks(List<String> parts, Checks checks, Checks usual) {
        add(parts, "sender-device", checks.senderDevice(), usual.senderDevice());
        add(parts, "recipients", checks.recipients(), usual.recipients());
        add(parts, "recipient-devices", checks.recipientDevices(), usual.recipientDevices());
        add(parts, "counterfeit", checks.counterfeit(), usual.counterfeit());
        add(parts, "coverage", checks.coverage(), usual.coverage());
        if (!checks.mayMiss().equals(usual.mayMiss())) {
            parts.add("may-miss=" + checks.mayMiss());
        }
    }

    private static <E extends Enum<E>> void add(List<String> parts, String rule, E value, E usual) {
        if (value != usual) {
            parts.add(rule + "=" + word(value));
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String rule, String value)
        throws InvalidPolicyException {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(value)) {
                return constant;
            }
        }
        throw new InvalidPolicyException(Fault.UNKNOWN_VALUE, value, rule);
    }

    private static Set<Family> families(String value) throws InvalidPolicyException {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (String label : value.split(",", -1)) {
            families.add(Family.ofLabel(label.strip())
                .orElseThrow(() -> new InvalidPolicyException(Fault.UNKNOWN_FAMILY, label.strip())));
        }
        return families;
    }

    private static int keys(String value) throws InvalidPolicyException {
        if (!value.matches("[1-9][0-9]{0,5}") || Integer.parseInt(value) > MOST_KEYS) {
            throw new InvalidPolicyException(Fault.NO_NUMBER_OF_KEYS, value, MOST_KEYS);
        }
        return Integer.parseInt(value);
    }

    /** Of four digits a year. */
    private static Optional<LocalDate> day(String value) throws InvalidPolicyException {
        try {
            if (value.matches("2[0-9]{3}-[0-9]{2}-[0-9]{2}")) {
                return Optional.of(LocalDate.parse(value));
            }
        } catch (DateTimeParseException e) {
            // The thirtieth of February.
        }
        throw new InvalidPolicyException(Fault.NO_DAY, value);
    }

    private static List<Exemption> exemptions(String value) throws InvalidPolicyException {
        List<Exemption> exemptions = new ArrayList<>();
        for (String one : value.split(",", -1)) {
            exemptions.add(Exemption.parse(one.strip())
                .orElseThrow(() -> new InvalidPolicyException(Fault.NOBODY_TO_EXEMPT, one.strip())));
        }
        return exemptions;
    }
}
