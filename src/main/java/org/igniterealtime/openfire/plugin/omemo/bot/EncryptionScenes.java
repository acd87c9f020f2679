package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** The steps that prove that what one writes the others read. */
final class EncryptionScenes {

    private static final Family NEW = Family.OMEMO_2;
    private static final Set<Family> NEW_ONLY = Set.of(NEW);

    private final SelfTestCast cast;

    EncryptionScenes(SelfTestCast cast) {
        this.cast = cast;
    }

    /** Everybody writes once, and all others read it. */
    void exchange(Family family) throws StepException {
        for (Actor sender : cast.others(null)) {
            String text = cast.text();
            sender.say(cast.room(), List.of(ContentElement.body(text)), Set.of(family));
            cast.awaitBody(sender, text, Set.of(family));
            cast.publishAgain(family);
        }
    }

    void restart() throws StepException {
        cast.restartB();
        String text = cast.text();
        cast.a().say(cast.room(), List.of(ContentElement.body(text)), SelfTestCast.BOTH);
        cast.awaitBody(cast.a(), text, SelfTestCast.BOTH);
        String answer = cast.text();
        cast.b().outbox().hold();
        Element message;
        try {
            cast.b().say(cast.room(), List.of(ContentElement.body(answer)), SelfTestCast.BOTH);
        } finally {
            message = only(cast.b().outbox().release(), cast.b());
        }
        for (Family family : SelfTestCast.BOTH) {
            if (encrypted(message, family).recipients().stream().flatMap(one -> one.keys().stream())
                    .anyMatch(key -> key.keyExchange())) {
                throw cast.b().failed("has begun new sessions after its restart");
            }
        }
        cast.b().outbox().send(message);
        cast.awaitBody(cast.b(), answer, SelfTestCast.BOTH);
    }

    void mixUp() throws StepException {
        List<String> written = List.of(cast.text(), cast.text(), cast.text());
        cast.a().outbox().hold();
        List<Element> held;
        try {
            for (String text : written) {
                cast.a().say(cast.room(), List.of(ContentElement.body(text)), SelfTestCast.BOTH);
            }
        } finally {
            held = cast.a().outbox().release();
        }
        for (int index : new int[] {2, 0, 1}) {
            cast.a().outbox().send(held.get(index));
        }
        for (String text : written) {
            cast.awaitBody(cast.a(), text, SelfTestCast.BOTH);
        }
    }

    void react() throws StepException {
        String id = cast.text();
        Element reactions = Stanzas.element("reactions", "urn:xmpp:reactions:0").addAttribute("id", id);
        reactions.addElement("reaction").setText("\uD83D\uDC4D");
        Element marker = Stanzas.element("displayed", "urn:xmpp:chat-markers:0").addAttribute("id", id);
        cast.a().say(cast.room(), List.of(ContentElement.of(reactions), ContentElement.of(marker)), SelfTestCast.BOTH);
        for (Actor reader : cast.others(cast.a())) {
            reader.awaitReading(reading -> reading.content().find("urn:xmpp:reactions:0", "reactions").isPresent()
                    && reading.content().find("urn:xmpp:chat-markers:0", "displayed")
                        .filter(element -> element.xml().contains(id)).isPresent(),
                "could not read a reaction and a marker");
            if (reader.hasReceived(id)) {
                throw reader.failed("found a reaction or a marker outside of the encryption");
            }
        }
    }

    void removeDevice() throws StepException {
        Actor account = cast.account().orElseThrow(() -> StepException.notTested("there is no account"));
        Devices second = cast.secondDevice();
        int id = second.any().own().address().deviceId();
        OmemoDevice device = second.byFamily().get(NEW);
        SelfTestKeys.publishBundle(account, device, device.bundle().toElement());
        SelfTestKeys.publishList(account, NEW, List.of(account.devices(), second));
        if (!writesTo(id)) {
            throw cast.a().failed("does not encrypt for a device that was put on the list");
        }
        SelfTestKeys.publishList(account, NEW, List.of(account.devices()));
        if (writesTo(id)) {
            throw cast.a().failed("still encrypts for a device that was taken off the list");
        }
    }

    private boolean writesTo(int id) throws StepException {
        cast.a().forgetLists();
        cast.a().outbox().hold();
        Element message;
        String text = cast.text();
        try {
            cast.a().say(cast.room(), List.of(ContentElement.body(text)), NEW_ONLY);
        } finally {
            message = only(cast.a().outbox().release(), cast.a());
        }
        cast.a().outbox().send(message);
        cast.awaitBody(cast.a(), text, NEW_ONLY);
        return encrypted(message, NEW).recipients().stream().flatMap(one -> one.keys().stream())
            .anyMatch(key -> key.rid() == id);
    }

    static Element only(List<Element> held, Actor sender) throws StepException {
        if (held.size() != 1) {
            throw sender.failed("has sent " + held.size() + " messages in place of one");
        }
        return held.get(0);
    }

    private Encrypted encrypted(Element message, Family family) throws StepException {
        try {
            Optional<Element> element = Stanzas.child(message, Encrypted.ELEMENT, family.namespace());
            if (element.isEmpty()) {
                throw StepException.failed("a message has nothing of " + family.label());
            }
            return Encrypted.parse(element.get(), EncryptedLimits.DEFAULT);
        } catch (MalformedElementException e) {
            throw StepException.failed("a message is malformed: " + e.getMessage());
        }
    }
}
