package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.igniterealtime.openfire.plugin.omemo.keys.RateLimit;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.Verdict;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.Content;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Outcome;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Violation;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Notes what was judged, in memory alone. Whatever goes wrong here costs a number in the statistics and nothing else.
 */
final class MessageRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(MessageRecorder.class);

    /** Child nodes that are looked at; a message with more is refused, whatever they are. */
    private static final int MOST_NODES = 128;
    private static final int LONGEST_ID = 10;

    private final MessageCounts counts;
    private final Violations violations;
    private final Sightings sightings;
    private final Predicate<JID> isLocal;
    private final InstantSource clock;
    private final RateLimit<String> warnings = new RateLimit<>(1, 1);
    private volatile Activity activity = Activity.OFF;
    private volatile DeliveryWatch deliveries = DeliveryWatch.NONE;

    /** @param isLocal whether somebody has an account here */
    MessageRecorder(MessageCounts counts, Violations violations, Sightings sightings, Predicate<JID> isLocal,
                    InstantSource clock) {
        this.counts = counts;
        this.violations = violations;
        this.sightings = sightings;
        this.isLocal = isLocal;
        this.clock = clock;
    }

    /** From now on this one is told for whom messages are encrypted. */
    void tell(DeliveryWatch watch) {
        deliveries = watch;
    }

    /** From now on so much is noted of persons. */
    void keep(Activity setting) {
        activity = setting;
        if (setting == Activity.OFF) {
            sightings.clear();
            deliveries.clear();
        }
    }

    /**
     * A message or presence to a room was judged, and is still as it came.
     *
     * @param encrypted what it carries well-formed
     */
    void judged(Packet packet, Policy policy, Verdict verdict, PacketSender sender, List<Encrypted> encrypted) {
        try {
            Mode mode = policy.mode();
            Outcome outcome = outcome(mode, verdict);
            if (packet instanceof Message) {
                count(packet, outcome);
                List<Addressees> delivered = outcome == Outcome.REFUSED || activity == Activity.OFF ? List.of()
                    : encrypted.stream().filter(one -> mode != Mode.ENFORCE || policy.families().contains(one.family()))
                        .map(Addressees::of).toList();
                if (!delivered.isEmpty() && MucInterceptor.isToOccupant(packet.getTo())) {
                    deliveries.toOccupant(packet.getTo(), packet.getFrom(), delivered);
                } else if (!delivered.isEmpty()) {
                    deliveries.toRoom(packet.getTo(), packet.getFrom(), delivered);
                }
            }
            if (verdict instanceof Verdict.Refuse refuse) {
                violation(packet, refuse.reason().code().number(), mode == Mode.ENFORCE ? Violation.Action.REFUSED
                    : mode == Mode.WARN ? Violation.Action.WARNED : Violation.Action.OBSERVED);
            } else if (outcome == Outcome.REWRITTEN && packet instanceof Message && !verdict.findings().isEmpty()
                && sender.occupant().isPresent()) {
                violation(packet, verdict.findings().get(0).code().number(), Violation.Action.REMOVED);
            }
            if (!verdict.observed().isEmpty() && sender.occupant().isPresent()) {
                verdict.observed().stream().filter(finding -> finding.code() != FindingCode.INTERNAL_FAILURE).forEach(finding ->
                    violation(packet, finding.code().number(), Violation.Action.NOTED));
            }
        } catch (RuntimeException e) {
            // It was judged, and that is what counts.
            warn(e);
        }
    }

    /** A message to a user has passed. */
    void direct(Message message) {
        if (activity != Activity.ROOMS_AND_DIRECT) {
            return;
        }
        try {
            Element element = message.getElement();
            Map<Family, Addressees> encrypted = new EnumMap<>(Family.class);
            for (int i = 0; i < element.nodeCount() && i < MOST_NODES; i++) {
                if (element.node(i) instanceof Element child && family(child).isPresent()) {
                    sight(message.getFrom(), family(child).get(), child);
                    addressees(child).ifPresent(found -> encrypted.putIfAbsent(found.family(), found));
                }
            }
            if (!encrypted.isEmpty()) {
                deliveries.toUser(message.getTo(), message.getFrom(), List.copyOf(encrypted.values()));
            }
        } catch (RuntimeException e) {
            // It passes, and that is what counts.
            warn(e);
        }
    }

    private static Optional<Addressees> addressees(Element encrypted) {
        try {
            return Optional.of(Addressees.of(Encrypted.parse(encrypted, EncryptedLimits.DEFAULT)));
        } catch (MalformedElementException e) {
            return Optional.empty();
        }
    }

    /** The failure's message may have anything in it. */
    private void warn(RuntimeException failure) {
        if (warnings.allows(failure.getClass().getName())) {
            StackTraceElement[] trace = failure.getStackTrace();
            LOG.warn("A stanza is missing in the statistics: {} at {}", failure.getClass().getName(),
                trace.length == 0 ? "an unknown place" : trace[0]);
        }
    }

    private static Outcome outcome(Mode mode, Verdict verdict) {
        boolean enforced = mode == Mode.ENFORCE;
        if (verdict instanceof Verdict.Refuse) {
            return enforced ? Outcome.REFUSED : Outcome.LET_THROUGH;
        }
        return enforced && verdict instanceof Verdict.PassRewritten ? Outcome.REWRITTEN : Outcome.PASSED;
    }

    private void count(Packet packet, Outcome outcome) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        boolean body = false;
        Element message = packet.getElement();
        for (int i = 0; i < message.nodeCount() && i < MOST_NODES; i++) {
            if (message.node(i) instanceof Element child) {
                Optional<Family> family = family(child);
                if (family.isPresent()) {
                    families.add(family.get());
                    if (outcome != Outcome.REFUSED && activity != Activity.OFF) {
                        sight(packet.getFrom(), family.get(), child);
                    }
                } else {
                    body |= child.getName().equals("body");
                }
            }
        }
        counts.count(outcome,
            !families.isEmpty() ? Content.ENCRYPTED : body ? Content.PLAINTEXT : Content.NEITHER, families);
    }

    private static Optional<Family> family(Element child) {
        return child.getName().equals(Encrypted.ELEMENT) ? Family.ofNamespace(child.getNamespaceURI()) : Optional.empty();
    }

    private void sight(JID from, Family family, Element encrypted) {
        Element header = encrypted.element("header");
        Attribute sid = header == null ? null : header.attribute("sid");
        if (sid != null && isLocal.test(from)) {
            int id = deviceId(sid.getValue());
            if (id > 0) {
                sightings.note(from.toBareJID(), family, id, clock.millis());
            }
        }
    }

    /** Zero if it is none. */
    private static int deviceId(String text) {
        long id = 0;
        for (int i = 0; i < text.length() && i <= LONGEST_ID; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            id = 10 * id + digit;
        }
        return id > Integer.MAX_VALUE ? 0 : (int) id;
    }

    private void violation(Packet packet, int finding, Violation.Action action) {
        violations.note(packet.getTo().toBareJID(), activity == Activity.OFF ? "" : packet.getFrom().toBareJID(), finding,
            action, clock.millis());
    }
}
