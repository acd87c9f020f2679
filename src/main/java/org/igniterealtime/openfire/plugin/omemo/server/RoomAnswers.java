package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerForm;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyFields;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Adds to what rooms answer what there is to be said of their policy: to owners as a choice, to everybody as it is. */
final class RoomAnswers {

    /** What the disco#info of a room says that has a policy. */
    static final String FEATURE = FindingError.NAMESPACE;

    private static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    private static final QName FORM = QName.get("x", "jabber:x:data");
    private static final String ROOM_INFO = "http://jabber.org/protocol/muc#roominfo";

    private final Supplier<PolicyBook> policies;
    private final Supplier<Governance> governance;
    private final Rooms rooms;
    private final OwnerChoices choices;

    RoomAnswers(Supplier<PolicyBook> policies, Supplier<Governance> governance, Rooms rooms, OwnerChoices choices) {
        this.policies = policies;
        this.governance = governance;
        this.rooms = rooms;
        this.choices = choices;
    }

    /**
     * Completes the result of a request to a room. What comes from an occupant is not the room's word.
     *
     * @param texts in the language of whoever gets it
     */
    void complete(IQ answer, Supplier<Texts> texts) {
        Element content = answer.getChildElement();
        if (content == null || answer.getFrom().getResource() != null) {
            return;
        }
        Optional<OwnerForm> offered = OwnerForm.offered(answer.getElement(), content);
        if (offered.isPresent()) {
            offer(answer.getFrom(), offered.get(), texts.get());
        } else if (DISCO_INFO.equals(content.getNamespaceURI()) && content.attribute("node") == null) {
            announce(answer.getFrom(), content);
        }
    }

    private void offer(JID room, OwnerForm form, Texts texts) {
        PolicyBook book = policies.get();
        Policy operators = book.operatorsPolicyOf(room.toString(), room.getDomain());
        Policy policy = book.policyOf(room.toString(), room.getDomain());
        if (policy.mode() == Mode.ENFORCE && governance.get().preparesRooms()
            && rooms.configuration(room).filter(RoomConfiguration::isNew).isPresent()) {
            form.offerPrepared();
        }
        if (choices.canHold(room)) {
            form.policyFields().offer(policy, operators, book.bounds(), texts);
        }
    }

    private void announce(JID room, Element info) {
        Policy policy = policies.get().policyOf(room.toString(), room.getDomain());
        if (policy.mode() == Mode.OFF) {
            return;
        }
        Element feature = info.addElement("feature").addAttribute("var", FEATURE);
        // Where features belong: in front of the forms.
        info.remove(feature);
        info.content().add(0, feature);
        PolicyFields.in(roomInfo(info)).announce(policy);
    }

    private static Element roomInfo(Element info) {
        for (Element form : info.elements(FORM)) {
            for (Element field : form.elements("field")) {
                if ("FORM_TYPE".equals(field.attributeValue("var")) && ROOM_INFO.equals(field.elementTextTrim("value"))) {
                    return form;
                }
            }
        }
        Element form = info.addElement(FORM).addAttribute("type", "result");
        form.addElement("field").addAttribute("var", "FORM_TYPE").addAttribute("type", "hidden")
            .addElement("value").setText(ROOM_INFO);
        return form;
    }
}
