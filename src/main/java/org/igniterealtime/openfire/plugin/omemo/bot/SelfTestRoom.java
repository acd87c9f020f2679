package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** The room of a self-test: made by one who plays in it, as a client makes a room (XEP-0045, 10). */
final class SelfTestRoom {

    private static final String DATA = "jabber:x:data";

    private final BareJid jid;
    private final Actor owner;

    SelfTestRoom(BareJid jid, Actor owner) {
        this.jid = jid;
        this.owner = owner;
    }

    BareJid jid() {
        return jid;
    }

    /** Makes it: for members only, non-anonymous, hidden, gone with its last occupant. */
    void create() throws StepException {
        StepException[] failure = new StepException[1];
        owner.beginToEnter(jid, false, Optional.of(created -> {
            Element query = Stanzas.element("query", Stanzas.MUC_OWNER);
            Element form = query.addElement("x", DATA).addAttribute("type", "submit");
            field(form, "FORM_TYPE", Stanzas.MUC + "#roomconfig");
            Map.of("roomname", "OMEMO self-test", "membersonly", "1", "whois", "anyone", "persistentroom", "0",
                "publicroom", "0", "moderatedroom", "0", "enablelogging", "0").forEach((name, value) ->
                field(form, "muc#roomconfig_" + name, value));
            owner.askOnLane("set", jid.toString(), query, answer -> {
                if (answer.isPresent() && Stanzas.attribute(answer.get(), "type").equals("result")) {
                    created.run();
                } else {
                    failure[0] = owner.failed("could not configure the room: "
                        + answer.map(Stanzas::condition).orElse("no answer"));
                }
            });
        }));
        try {
            owner.awaitInside(jid);
        } catch (StepException e) {
            throw failure[0] == null ? e : failure[0];
        }
    }

    private static void field(Element form, String name, String value) {
        form.addElement("field").addAttribute("var", name).addElement("value").setText(value);
    }

    void makeMember(BareJid account) throws StepException {
        Element query = Stanzas.element("query", Stanzas.MUC_ADMIN);
        query.addElement("item").addAttribute("affiliation", "member").addAttribute("jid", account.toString());
        owner.grant("set", jid.toString(), query);
    }

    /** Destroys it, and sees to it that it is gone. */
    void destroy() throws StepException {
        Element query = Stanzas.element("query", Stanzas.MUC_OWNER);
        query.addElement("destroy");
        Element destroyed = owner.ask("set", jid.toString(), query);
        Element answer = owner.ask("get", jid.toString(), Stanzas.element("query", Stanzas.DISCO_INFO));
        if (!Stanzas.attribute(answer, "type").equals("error")) {
            throw owner.failed("still finds the room after it was to be destroyed: "
                + (Stanzas.attribute(destroyed, "type").equals("error") ? Stanzas.condition(destroyed) : "no error"));
        }
    }
}
