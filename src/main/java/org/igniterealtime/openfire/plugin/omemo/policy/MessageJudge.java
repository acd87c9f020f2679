package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.Flaw;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** Judges a message to a room or an occupant by POLICY.md. Pure: the message is not touched. */
public final class MessageJudge {

    /** More child nodes than a message to a room can sensibly have; it bounds the cost of a verdict. */
    static final int MOST_NODES = 128;
    private static final int LONGEST_PREFIX = 16;
    private static final QName TYPE = QName.get("type");
    private static final Shape THREAD = Shape.of("", "thread", EnumSet.of(Context.PUBLIC, Context.PRIVATE))
        .optional("parent", Value.ID).text(Value.ID);

    private final Element message;
    private final Policy policy;
    private final Sender sender;
    private final Audience audience;
    private final Context context;
    private final EncryptedLimits limits;
    private final Consumer<Encrypted> reader;
    private final Judgement judgement = new Judgement();
    private final Allowance allowance = new Allowance();
    private final Set<Shape> listedSeen = new HashSet<>();
    private final List<Encrypted> accepted = new ArrayList<>();
    private boolean carriesRetraction;
    private boolean mayGetBody = true;

    private MessageJudge(Element message, boolean toOccupant, Policy policy, Sender sender, Audience audience,
                         Consumer<Encrypted> reader) {
        this.reader = reader;
        this.message = message;
        this.policy = policy;
        this.sender = sender;
        this.audience = audience;
        this.context = Context.of(message.attribute(TYPE), toOccupant);
        this.limits = new EncryptedLimits(policy.maxKeys(), EncryptedLimits.DEFAULT.maxPayloadBytes());
    }

    /**
     * Judges one message.
     *
     * @param message the {@code <message>} as the server parsed it
     * @param toOccupant whether it is addressed to an occupant rather than to the room
     * @param reader is handed everything well-formed that the message carries encrypted, each of another family, whatever
     *               the verdict
     */
    public static Verdict judge(Element message, boolean toOccupant, Policy policy, Sender sender,
                                Audience audience, Consumer<Encrypted> reader) {
        MessageJudge judge = new MessageJudge(message, toOccupant, policy, sender, audience, reader);
        judge.judge();
        return judge.judgement.on(sender, policy);
    }

    private void judge() {
        Optional<Finding> confusion = confusedAddressing();
        if (confusion.isPresent()) {
            judgement.refuse(confusion.get());
            return;
        }
        if (message.getNamespacePrefix().length() > LONGEST_PREFIX
            || !Nodes.isStreamNamespace(message.getNamespaceURI())) {
            judgement.refuse(Finding.of(FindingCode.UNLISTED_ATTRIBUTE, "message"));
            return;
        }
        if (context == Context.ERROR) {
            ErrorRule.judge(message, judgement);
            return;
        }
        int size = message.nodeCount() + message.attributeCount();
        if (size > MOST_NODES) {
            judgement.refuse(Finding.exceeded(FindingCode.TOO_MANY_ELEMENTS, "message", size, MOST_NODES));
            return;
        }
        if (context == Context.PRIVATE && policy.privateMessages() != Policy.PrivateMessages.COVERED) {
            if (policy.privateMessages() == Policy.PrivateMessages.FORBIDDEN && message.nodeCount() > 0) {
                judgement.refuse(Finding.of(FindingCode.PRIVATE_MESSAGE, "message"));
            }
            return;
        }
        if (context == Context.SERVICE && InvitationRule.applies(message)) {
            judgement.removeUnlistedAttributes(message);
            InvitationRule.judge(message, policy, judgement);
            return;
        }
        encryptedElements();
        carriesRetraction = context == Context.PUBLIC && message.element(Allowlist.RETRACT) != null;
        attributes();
        for (int i = 0; i < message.nodeCount(); i++) {
            node(message.node(i), "message/[" + (i + 1) + "]");
        }
        bodies();
        if (judgement.mayPass() && carriesAcceptedEncrypted()) {
            new HeaderJudge(policy.checks(), sender.bareJid(), audience, judgement, accepted, context == Context.PUBLIC)
                .judge();
        }
    }

    private boolean carriesAcceptedEncrypted() {
        return !accepted.isEmpty();
    }

    /** The families in which an accepted element carries a payload. */
    private Stream<Family> payloads() {
        return accepted.stream().filter(encrypted -> encrypted.payload().isPresent()).map(Encrypted::family);
    }

    /**
     * Openfire finds attributes by their local name, whatever their namespace: a foreign {@code x:type} would make a
     * room take a message for something else than we judge.
     */
    private Optional<Finding> confusedAddressing() {
        for (int i = 0; i < message.attributeCount(); i++) {
            Attribute attribute = message.attribute(i);
            boolean addressing = switch (attribute.getName()) {
                case "to", "from", "id", "type" -> true;
                default -> false;
            };
            if (addressing && !attribute.getNamespaceURI().isEmpty()) {
                return Optional.of(Finding.of(FindingCode.UNKNOWN_TYPE, "message/@[" + (i + 1) + "]"));
            }
        }
        return context == Context.UNKNOWN
            ? Optional.of(Finding.of(FindingCode.UNKNOWN_TYPE, "message/@type")) : Optional.empty();
    }

    /** All must be well-formed, at least one accepted; the others are taken out. */
    private void encryptedElements() {
        Set<Family> seen = EnumSet.noneOf(Family.class);
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child && isEncrypted(child)) {
                encrypted(child, seen);
            }
        }
        if (!seen.isEmpty() && !carriesAcceptedEncrypted()) {
            judgement.refuse(Finding.of(FindingCode.FAMILY_NOT_ACCEPTED, "message/encrypted"));
        }
    }

    private static boolean isEncrypted(Element child) {
        return child.getName().equals("encrypted") && Family.ofNamespace(child.getNamespaceURI()).isPresent();
    }

    private void encrypted(Element child, Set<Family> seen) {
        if (context != Context.PUBLIC && context != Context.PRIVATE) {
            judgement.refuse(Finding.of(FindingCode.MISPLACED_ELEMENT, "message/encrypted"));
            return;
        }
        Encrypted encrypted;
        try {
            encrypted = Encrypted.parse(child, limits);
        } catch (MalformedElementException e) {
            judgement.refuse(finding(e));
            return;
        }
        Family family = encrypted.family();
        if (!seen.add(family)) {
            judgement.refuse(Finding.of(FindingCode.DUPLICATE_ENCRYPTED, "message/encrypted"));
            return;
        }
        reader.accept(encrypted);
        if (policy.families().contains(family)) {
            accepted.add(encrypted);
        } else {
            judgement.rewrite().remove(message, child);
        }
    }

    private static Finding finding(MalformedElementException malformed) {
        FindingCode code = malformed.flaw() == Flaw.TOO_MANY_KEYS ? FindingCode.TOO_MANY_KEYS
            : malformed.where().startsWith("encrypted/header/key") ? FindingCode.MALFORMED_KEYS
            : malformed.where().startsWith("encrypted/payload") ? FindingCode.MALFORMED_PAYLOAD
            : FindingCode.MALFORMED_HEADER;
        return new Finding(code, malformed.where(), malformed.value(), malformed.limit(), List.of());
    }

    private void attributes() {
        for (int i = 0; i < message.attributeCount(); i++) {
            if (!StanzaAttributes.isListed(message.attribute(i))) {
                unlisted(Finding.of(FindingCode.UNLISTED_ATTRIBUTE, "message/@[" + (i + 1) + "]"), message.attribute(i));
            }
        }
    }

    private void node(Node node, String where) {
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE -> element((Element) node, where);
            case Node.NAMESPACE_NODE -> {
                if (!Allowlist.isKnownNamespace(((Namespace) node).getURI())) {
                    unlisted(Finding.of(FindingCode.UNLISTED_ATTRIBUTE, where), node);
                } else if (!message.getNamespace().equals(node)) {
                    // Elements bring their namespaces along; a prefix that only stands here carries text.
                    judgement.rewrite().remove(message, node);
                }
            }
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> {
                if (!node.getText().isBlank()) {
                    unlisted(Finding.of(FindingCode.UNLISTED_TEXT, where), node);
                }
            }
            default -> unlisted(Finding.of(FindingCode.UNLISTED_TEXT, where), node);
        }
    }

    private void element(Element child, String where) {
        if (isEncrypted(child) || Nodes.isOwn(child, "body")) {
            return;
        }
        mayGetBody &= !Allowlist.forbidsStorage(child);
        if (Nodes.isOwn(child, "subject")) {
            if (maySetSubject() && isText(child)) {
                // With a body it would be a message that has a subject.
                mayGetBody = false;
            } else {
                unlisted(Finding.of(FindingCode.SUBJECT, "message/subject"), child);
            }
            return;
        }
        if (context == Context.SERVICE && VoiceRequestRule.applies(child)) {
            VoiceRequestRule.finding(child, judgement.rewrite()).ifPresent(finding -> unlisted(finding, child));
            return;
        }
        Optional<Shape> listed = Nodes.isOwn(child, "thread") ? Optional.of(THREAD) : Allowlist.shapeOf(child);
        listed.map(shape -> finding(shape, child))
            .orElseGet(() -> Optional.of(Finding.of(Allowlist.isTypeBound(child)
                ? FindingCode.MISPLACED_ELEMENT : FindingCode.UNLISTED_ELEMENT, where)))
            .ifPresent(finding -> unlisted(finding, child));
    }

    private Optional<Finding> finding(Shape shape, Element child) {
        String where = "message/" + child.getName();
        if (!shape.isListedFor(context)) {
            return Optional.of(Finding.of(FindingCode.MISPLACED_ELEMENT, where));
        }
        if (child.getNamespaceURI().equals(Allowlist.REACTIONS) && policy.reactions() == Policy.Reactions.REFUSE) {
            return Optional.of(Finding.of(FindingCode.REACTION, where));
        }
        if (!listedSeen.add(shape) && !child.getQName().equals(Allowlist.FALLBACK)) {
            return Optional.of(Finding.of(FindingCode.UNEXPECTED_CONTENT, where));
        }
        return shape.finding(child, where, allowance);
    }

    /** A subject by itself is a change of the room's subject, and Openfire takes one to an occupant for the same. */
    private boolean maySetSubject() {
        Attribute type = message.attribute(TYPE);
        if (type == null || !type.getValue().equals("groupchat") || policy.subject() == Policy.Subject.NOBODY
            || message.element("body") != null || message.element("thread") != null) {
            return false;
        }
        return sender.occupant().filter(occupant -> switch (policy.subject()) {
            case NOBODY -> false;
            case ADMINS -> occupant.affiliation() == Affiliation.OWNER || occupant.affiliation() == Affiliation.ADMIN;
            case MODERATORS -> occupant.role() == Role.MODERATOR;
            case EVERYONE -> true;
        }).isPresent();
    }

    private static boolean isText(Element element) {
        for (int i = 0; i < element.attributeCount(); i++) {
            if (!StanzaAttributes.isLanguage(element.attribute(i))) {
                return false;
            }
        }
        return Nodes.isText(element);
    }

    private void bodies() {
        boolean any = false;
        boolean mayStand = carriesAcceptedEncrypted() && policy.fallbackBody() != Policy.FallbackBody.REFUSE
            || carriesRetraction && !carriesAcceptedEncrypted();
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child && Nodes.isOwn(child, "body")) {
                any = true;
                judgement.rewrite().remove(message, child);
            }
        }
        if (any && !mayStand) {
            judgement.refuse(Finding.of(FindingCode.PLAINTEXT_BODY, "message/body"));
        } else if (any && policy.fallbackBody() != Policy.FallbackBody.REMOVE) {
            body();
        } else if (!any && wouldMissHistory()) {
            body();
            payloads().sorted().forEach(family -> judgement.rewrite().fallbackFrom(family.namespace()));
        }
    }

    private void body() {
        Texts texts = Texts.in(sender.language());
        judgement.rewrite().body(carriesAcceptedEncrypted() ? texts.encryptedFallback() : texts.retractionFallback(),
            texts.language());
    }

    /** Whether Openfire would keep this message out of the history for want of a body, although it belongs there. */
    private boolean wouldMissHistory() {
        return policy.history() == Policy.History.KEEP && policy.fallbackBody() == Policy.FallbackBody.REPLACE
            && context == Context.PUBLIC && payloads().findAny().isPresent() && mayGetBody;
    }

    /** Taken out beside an accepted {@code <encrypted>}, unless the policy would rather refuse; refused without one. */
    private void unlisted(Finding finding, Node node) {
        if (carriesAcceptedEncrypted() && policy.unlisted() == Policy.Unlisted.REMOVE) {
            judgement.remove(finding, message, node);
        } else {
            judgement.refuse(finding);
        }
    }
}
