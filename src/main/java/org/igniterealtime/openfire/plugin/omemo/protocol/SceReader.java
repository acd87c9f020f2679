package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the plaintext of a payload, in one pass and without recursion. Memory is bounded by a multiple of the bytes:
 * escaping takes up to five characters for one, and repeating the namespaces that elements inherit from the outside is
 * stopped at {@link #GROWTH} times the limit.
 */
final class SceReader {

    private static final int GROWTH = 8;

    private final SceForm form;
    private final SceLimits limits;
    private final RestrictedXml xml;
    private List<ContentElement> elements;
    private String rpad;
    private BareJid from;
    private BareJid to;
    private Instant time;
    private int elementCount;
    private int length;

    private SceReader(String text, SceForm form, SceLimits limits) throws MalformedElementException {
        this.form = form;
        this.limits = limits;
        this.xml = new RestrictedXml(text, form.element());
    }

    static SceContent read(byte[] plaintext, SceForm form, SceLimits limits) throws MalformedElementException {
        if (plaintext.length > limits.maxBytes()) {
            throw new MalformedElementException(Flaw.TOO_LARGE, form.element(), plaintext.length, limits.maxBytes());
        }
        return new SceReader(decode(plaintext, form), form, limits).document();
    }

    private static String decode(byte[] plaintext, SceForm form) throws MalformedElementException {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(plaintext))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedElementException(Flaw.NOT_UTF8, form.element());
        }
    }

    private SceContent document() throws MalformedElementException {
        String root = form.element();
        // A document that is XML begins with an element.
        xml.next();
        if (!xml.name().equals(root) || !isOurs()) {
            throw flaw(Flaw.WRONG_ELEMENT, root);
        }
        requireNoAttributes(root);
        for (int position = 1; nextChild(root); position++) {
            if (!isOurs()) {
                throw unexpected(root, position);
            }
            child(root, position);
            xml.at(root);
        }
        // What follows is nothing, or not XML.
        xml.next();
        require(elements, form.inner());
        require(rpad, SceContent.RPAD);
        return new SceContent(elements, rpad, Optional.ofNullable(from), Optional.ofNullable(to),
                Optional.ofNullable(time));
    }

    private void child(String root, int position) throws MalformedElementException {
        String name = xml.name();
        String place = root + '/' + name;
        if (name.equals(form.inner())) {
            requireFirst(elements, place);
            elements = elements(place);
            return;
        }
        switch (name) {
            case SceContent.RPAD -> {
                requireFirst(rpad, place);
                rpad = text(place);
            }
            case SceContent.FROM -> {
                requireFirst(from, place);
                from = jid(place);
            }
            case SceContent.TO -> {
                requireFirst(to, place);
                to = jid(place);
            }
            case SceContent.TIME -> {
                requireFirst(time, place);
                time = stamp(place);
            }
            default -> throw unexpected(root, position);
        }
    }

    private List<ContentElement> elements(String place) throws MalformedElementException {
        requireNoAttributes(place);
        List<ContentElement> read = new ArrayList<>();
        for (int position = 1; nextChild(place); position++) {
            ContentElement element = element(place + "/*[" + position + "]");
            if (!ServerElements.include(element)) {
                read.add(element);
            }
        }
        return read;
    }

    private ContentElement element(String place) throws MalformedElementException {
        xml.at(place);
        if (xml.namespace().isEmpty()) {
            throw flaw(Flaw.MISSING_NAMESPACE, place);
        }
        StartTag tag = begun(place, 1);
        SelfContainedXml copy = new SelfContainedXml();
        copy.start(tag);
        while (copy.depth() > 0) {
            switch (xml.next()) {
                case START -> copy.start(begun(place, copy.depth() + 1));
                case TEXT -> copy.text(xml.text());
                case END -> copy.end();
                case DONE -> throw new IllegalStateException("the document ended before its elements");
            }
            if (length + copy.length() > GROWTH * limits.maxBytes()) {
                throw flaw(Flaw.TOO_LARGE, place);
            }
        }
        length += copy.length();
        return ContentElement.of(tag, copy);
    }

    private StartTag begun(String place, int depth) throws MalformedElementException {
        if (depth > limits.maxDepth()) {
            throw new MalformedElementException(Flaw.TOO_DEEP, place, depth, limits.maxDepth());
        }
        if (++elementCount > limits.maxElements()) {
            throw new MalformedElementException(Flaw.TOO_MANY_ELEMENTS, place, elementCount, limits.maxElements());
        }
        return xml.startTag();
    }

    private String text(String place) throws MalformedElementException {
        requireNoAttributes(place);
        xml.at(place);
        StringBuilder text = new StringBuilder();
        for (;;) {
            switch (xml.next()) {
                case TEXT -> text.append(xml.text());
                case START -> throw unexpected(place, 1);
                default -> {
                    return text.toString();
                }
            }
        }
    }

    private BareJid jid(String place) throws MalformedElementException {
        String value = onlyAttribute(SceContent.JID, Flaw.MISSING_JID, place);
        // Bare since 0.4.1. Before that it was a JID of any kind, and examples of all versions have a resource.
        int slash = value.indexOf('/');
        Optional<BareJid> jid = BareJid.of(slash < 0 ? value : value.substring(0, slash));
        if (jid.isEmpty()) {
            throw flaw(Flaw.INVALID_JID, place + '@' + SceContent.JID);
        }
        requireNothingInside(place);
        return jid.get();
    }

    private Instant stamp(String place) throws MalformedElementException {
        Optional<Instant> stamp = DateTime.parse(onlyAttribute(SceContent.STAMP, Flaw.MISSING_STAMP, place));
        if (stamp.isEmpty()) {
            throw flaw(Flaw.INVALID_STAMP, place + '@' + SceContent.STAMP);
        }
        requireNothingInside(place);
        return stamp.get();
    }

    private String onlyAttribute(String name, Flaw missing, String place) throws MalformedElementException {
        for (int i = 0; i < xml.attributeCount(); i++) {
            if (!xml.attributeName(i).equals(name)) {
                throw unexpectedAttribute(place, i);
            }
        }
        if (xml.attributeCount() == 0) {
            throw flaw(missing, place + '@' + name);
        }
        return xml.attributeValue(0);
    }

    private void requireNothingInside(String place) throws MalformedElementException {
        if (nextChild(place)) {
            throw unexpected(place, 1);
        }
    }

    /** Goes to the next child element, over white space, and tells whether there is one. */
    private boolean nextChild(String place) throws MalformedElementException {
        xml.at(place);
        for (;;) {
            switch (xml.next()) {
                case START -> {
                    return true;
                }
                case TEXT -> {
                    if (!StrictReader.isWhiteSpace(xml.text())) {
                        throw flaw(Flaw.UNEXPECTED_TEXT, place + "/text()");
                    }
                }
                default -> {
                    return false;
                }
            }
        }
    }

    private boolean isOurs() {
        return xml.namespace().equals(form.namespace());
    }

    private void requireNoAttributes(String place) throws MalformedElementException {
        if (xml.attributeCount() > 0) {
            throw unexpectedAttribute(place, 0);
        }
    }

    private void requireFirst(Object before, String place) throws MalformedElementException {
        if (before != null) {
            throw flaw(Flaw.DUPLICATE_ELEMENT, place + "[2]");
        }
    }

    private void require(Object child, String name) throws MalformedElementException {
        if (child == null) {
            throw flaw(Flaw.MISSING_ELEMENT, form.element() + '/' + name);
        }
    }

    private static MalformedElementException unexpected(String parent, int position) {
        return flaw(Flaw.UNEXPECTED_ELEMENT, parent + "/*[" + position + "]");
    }

    private static MalformedElementException unexpectedAttribute(String place, int index) {
        return flaw(Flaw.UNEXPECTED_ATTRIBUTE, place + "@*[" + (index + 1) + "]");
    }

    private static MalformedElementException flaw(Flaw flaw, String place) {
        return new MalformedElementException(flaw, place);
    }
}
