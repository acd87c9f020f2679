package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * The form (XEP-0045, section 10) by which owners configure their room, in the stanza that carries it, read as Openfire
 * reads it: by local names, whatever {@code FORM_TYPE} says, from whichever child holds the form.
 */
public final class OwnerForm {

    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final QName FORM = QName.get("x", "jabber:x:data");
    private static final String CONFIGURATION = "http://jabber.org/protocol/muc#roomconfig";
    private static final String MEMBERS_ONLY = "muc#roomconfig_membersonly";
    private static final String WHOIS = "muc#roomconfig_whois";
    /** Some releases of Openfire read {@code true} as false. */
    private static final Map<String, String> BOOLEANS = Map.of("true", "1", "false", "0", "1", "1", "0", "0");
    private static final Map<String, String> WHO = Map.of("anyone", "anyone", "moderators", "moderators");

    /** What a form says about one thing. */
    public enum Answer {
        /** Nothing: the room stays as it is. */
        NONE,
        YES,
        NO,
        /** Different readers would understand different things. */
        AMBIGUOUS
    }

    private final Element form;
    private final boolean isAlone;

    private OwnerForm(Element form, boolean isAlone) {
        this.form = form;
        this.isAlone = isAlone;
    }

    /**
     * The form that an owner submits with an IQ; empty if it is something else.
     *
     * @param iq the stanza
     * @param content its child that Openfire looks into, may be null
     */
    public static Optional<OwnerForm> submitted(Element iq, Element content) {
        return of(iq, content).filter(form -> "submit".equals(form.form.attributeValue("type")));
    }

    /** The form that a room offers to its owner with an IQ; empty if it is something else. */
    public static Optional<OwnerForm> offered(Element iq, Element content) {
        return of(iq, content).filter(form -> "form".equals(form.form.attributeValue("type")));
    }

    /** Whether an IQ is about the configuration of a room at all. */
    public static boolean mayBeSubmitted(Element iq) {
        Element query = iq.element("query");
        return query != null && OWNER.equals(query.getNamespaceURI());
    }

    private static Optional<OwnerForm> of(Element iq, Element content) {
        if (content == null || !mayBeSubmitted(iq)) {
            return Optional.empty();
        }
        return Optional.ofNullable(content.element(FORM))
            .map(form -> new OwnerForm(form, iq.elements().size() == 1 && content.elements(FORM).size() == 1));
    }

    /** The fields for the policy in it. */
    public PolicyFields policyFields() {
        return new PolicyFields(form);
    }

    /** Whether occupants are to see each other's addresses. */
    public Answer nonAnonymous() {
        return answer(WHOIS, WHO, "anyone");
    }

    /** Whether the room is to be for members only. */
    public Answer membersOnly() {
        return answer(MEMBERS_ONLY, BOOLEANS, "1");
    }

    private Answer answer(String name, Map<String, String> known, String yes) {
        if (!isAlone) {
            return Answer.AMBIGUOUS;
        }
        List<Element> fields = fields(name);
        if (fields.isEmpty()) {
            return Answer.NONE;
        }
        List<Element> values = fields.get(0).elements("value");
        String value = values.size() == 1 ? known.get(values.get(0).getTextTrim()) : null;
        if (fields.size() > 1 || value == null) {
            return Answer.AMBIGUOUS;
        }
        return value.equals(yes) ? Answer.YES : Answer.NO;
    }

    /** Writes what is not ambiguous such that every release of Openfire reads it so. */
    public void normalise() {
        if (membersOnly() == Answer.YES || membersOnly() == Answer.NO) {
            Element value = fields(MEMBERS_ONLY).get(0).element("value");
            value.setText(BOOLEANS.get(value.getTextTrim()));
        }
    }

    /** Asks for a room as OMEMO would have it, as far as the form does not say otherwise. */
    public void prepare() {
        if (form.elements("field").isEmpty()) {
            add("FORM_TYPE", CONFIGURATION);
        }
        if (membersOnly() == Answer.NONE) {
            add(MEMBERS_ONLY, "1");
        }
        if (nonAnonymous() == Answer.NONE) {
            add(WHOIS, "anyone");
        }
    }

    /** Offers a room as OMEMO would have it. */
    public void offerPrepared() {
        Map.of(MEMBERS_ONLY, "1", WHOIS, "anyone").forEach((name, value) -> fields(name).forEach(field -> {
            field.elements("value").forEach(field::remove);
            field.addElement("value").setText(value);
        }));
    }

    private void add(String name, String value) {
        form.addElement("field").addAttribute("var", name).addElement("value").setText(value);
    }

    private List<Element> fields(String name) {
        return form.elements("field").stream().filter(field -> name.equals(field.attributeValue("var"))).toList();
    }
}
