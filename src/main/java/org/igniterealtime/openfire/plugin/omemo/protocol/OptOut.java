package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Optional;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * An {@code <opt-out>}: the sender wants to go on in plaintext (XEP-0384, "Opt-out"; since 0.4, in the namespace of the
 * family). It is sent as an element of an {@link SceContent}. The receiver shows it and sends nothing until its user has
 * agreed.
 *
 * @param family any but the legacy one, which does not have it
 * @param reason why, for people: at most 4,096 code points
 */
public record OptOut(Family family, Optional<String> reason) {

    /** The name of the element. */
    public static final String ELEMENT = "opt-out";

    /** The greatest length of a reason. The XEP names none. */
    public static final int MAX_REASON_CODE_POINTS = 4_096;

    private static final String REASON = "reason";

    /** @throws IllegalArgumentException if the family is legacy, or the reason too long or no text that XML can have */
    public OptOut {
        Check.that(family != Family.LEGACY, "the legacy family has no opt-out");
        Check.that(reason.isEmpty() || length(reason.get()) <= MAX_REASON_CODE_POINTS, Flaw.REASON_TOO_LONG.phrase());
        Check.that(reason.isEmpty() || RestrictedXml.hasOnlyXmlCharacters(reason.get()), Flaw.NOT_XML.phrase());
    }

    /**
     * Reads the element, which is not changed.
     *
     * @throws MalformedElementException if it is anything else than an opt-out of one of the families that have it
     */
    public static OptOut parse(Element element) throws MalformedElementException {
        Family family = StrictReader.familyOf(element, ELEMENT);
        if (family == Family.LEGACY) {
            throw new MalformedElementException(Flaw.UNKNOWN_NAMESPACE, ELEMENT);
        }
        StrictReader reader = StrictReader.of(element, family, ELEMENT);
        reader.requireNoAttributes(element);
        Element reason = null;
        for (int i = 0; i < element.nodeCount(); i++) {
            Element child = reader.child(element, i);
            if (child == null) {
                continue;
            }
            if (!child.getName().equals(REASON)) {
                throw reader.unexpected(child);
            }
            reason = reader.only(reason, child);
        }
        return new OptOut(family, reason == null ? Optional.empty() : Optional.of(text(reader, reason)));
    }

    private static String text(StrictReader reader, Element reason) throws MalformedElementException {
        reader.requireNoAttributes(reason);
        String text = reader.text(reason);
        int length = length(text);
        if (length > MAX_REASON_CODE_POINTS) {
            throw reader.flaw(Flaw.REASON_TOO_LONG, reason, "", length, MAX_REASON_CODE_POINTS);
        }
        if (!RestrictedXml.hasOnlyXmlCharacters(text)) {
            throw reader.flaw(Flaw.NOT_XML, reason, "/text()");
        }
        return text;
    }

    /** A new element that says the same. */
    public Element toElement() {
        Element element = DocumentHelper.createElement(QName.get(ELEMENT, family.namespace()));
        reason.ifPresent(text -> element.addElement(QName.get(REASON, family.namespace())).addText(text));
        return element;
    }

    private static int length(String reason) {
        return reason.codePointCount(0, reason.length());
    }
}
