package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an OMEMO payload holds once it is decrypted: the elements that are sent, and affixes that protect them (XEP-0420;
 * XEP-0384, "SCE Profile"). It does not depend on the {@link SceForm}, so one content may be sent in both.
 *
 * @param elements what is sent, each in a namespace. Without any it is an empty message of 0.4: a heartbeat, the answer to
 *                 a key exchange, or a recovery
 * @param rpad     padding that hides the length of the rest, of any length: drawn by {@link RandomPadding}, never judged
 * @param from     the sender's account; should be there
 * @param to       the recipient's account, in a group chat the room, where it must be there
 * @param time     when the message was encrypted, in the years 0 to 9999
 */
public record SceContent(List<ContentElement> elements, String rpad, Optional<BareJid> from, Optional<BareJid> to,
        Optional<Instant> time) {

    static final String RPAD = "rpad";
    static final String FROM = "from";
    static final String TO = "to";
    static final String TIME = "time";
    static final String JID = "jid";
    static final String STAMP = "stamp";

    /**
     * @throws IllegalArgumentException if XML has no such character, XEP-0082 no such time, or an element is for servers
     */
    public SceContent {
        elements = List.copyOf(elements);
        Check.that(RestrictedXml.hasOnlyXmlCharacters(rpad), Flaw.NOT_XML.phrase());
        Check.that(elements.stream().noneMatch(ServerElements::include), "elements for servers are not encrypted");
        requireXml(from);
        requireXml(to);
        Check.that(time.isEmpty() || DateTime.canWrite(time.get()), "a time is in the years 0 to 9999");
    }

    private static void requireXml(Optional<BareJid> jid) {
        Check.that(jid.isEmpty() || RestrictedXml.hasOnlyXmlCharacters(jid.get().toString()), Flaw.NOT_XML.phrase());
    }

    /**
     * A chat message's content: its body and nothing else.
     *
     * @throws IllegalArgumentException as the constructor, and if XML does not have one of the body's characters
     */
    public static SceContent ofBody(String body, String rpad, Optional<BareJid> from, Optional<BareJid> to,
            Optional<Instant> time) {
        return new SceContent(List.of(ContentElement.body(body)), rpad, from, to, time);
    }

    /** {@link #parse(byte[], SceForm, SceLimits)} within {@link SceLimits#DEFAULT}. */
    public static SceContent parse(byte[] plaintext, SceForm form) throws MalformedElementException {
        return parse(plaintext, form, SceLimits.DEFAULT);
    }

    /**
     * Reads what was decrypted, which the sender may have filled with anything. Elements that only servers may process
     * are dropped (XEP-0420, "Server-processed Elements").
     *
     * @param form the one that the message's family has
     * @throws MalformedElementException if it is anything else than a complete content in this form and within these
     *                                   limits. Comments, processing instructions, document types and entities are never
     *                                   part of one
     */
    public static SceContent parse(byte[] plaintext, SceForm form, SceLimits limits) throws MalformedElementException {
        return SceReader.read(plaintext, form, limits);
    }

    /** What is to be encrypted: XML in UTF-8. */
    public byte[] toBytes(SceForm form) {
        StringBuilder xml = new StringBuilder();
        xml.append('<').append(form.element()).append(" xmlns='").append(form.namespace()).append("'>");
        wrap(xml, form.inner(), elements.stream().map(ContentElement::xml).collect(Collectors.joining()));
        wrap(xml, RPAD, SelfContainedXml.escape(rpad));
        time.ifPresent(instant -> affix(xml, TIME, STAMP, DateTime.write(instant)));
        to.ifPresent(jid -> affix(xml, TO, JID, jid.toString()));
        from.ifPresent(jid -> affix(xml, FROM, JID, jid.toString()));
        xml.append("</").append(form.element()).append('>');
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void wrap(StringBuilder xml, String name, String inside) {
        xml.append('<').append(name);
        if (inside.isEmpty()) {
            xml.append("/>");
        } else {
            xml.append('>').append(inside).append("</").append(name).append('>');
        }
    }

    private static void affix(StringBuilder xml, String name, String attribute, String value) {
        xml.append('<').append(name).append(' ').append(attribute).append("='")
                .append(SelfContainedXml.escapeInAttribute(value)).append("'/>");
    }

    /** Whether it is an empty message, which has nothing to show: no elements, whatever the affixes. */
    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** The first element of this name. */
    public Optional<ContentElement> find(String namespace, String name) {
        return elements.stream()
                .filter(element -> element.namespace().equals(namespace) && element.name().equals(name))
                .findFirst();
    }

    /** The text of the first body ({@code jabber:client}), if there is one. */
    public Optional<String> body() {
        return find(ContentElement.CLIENT_NAMESPACE, ContentElement.BODY).map(ContentElement::text);
    }

    /**
     * What is wrong with {@link #from()} and {@link #to()}, given the way on which the message came. Empty if all is well.
     * Padding needs no check: without it there is no content. The time is for the caller to judge, who has a clock.
     */
    public Set<AffixFault> faults(Delivery delivery) {
        Set<AffixFault> faults = EnumSet.noneOf(AffixFault.class);
        if (from.isEmpty()) {
            faults.add(AffixFault.FROM_MISSING);
        } else if (!from.get().equals(delivery.sender())) {
            faults.add(AffixFault.FROM_MISMATCH);
        }
        if (to.isEmpty()) {
            if (delivery.inRoom()) {
                faults.add(AffixFault.TO_MISSING);
            }
        } else if (!to.get().equals(delivery.recipient())) {
            faults.add(AffixFault.TO_MISMATCH);
        }
        return Collections.unmodifiableSet(faults);
    }

    /** Numbers only: what people encrypt has no place in logs. */
    @Override
    public String toString() {
        return "content of " + elements.size() + " elements";
    }
}
