package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** The steps that prove that what is readable comes back, and reaches nobody. */
final class EnforcementScenes {

    private final SelfTestCast cast;

    EnforcementScenes(SelfTestCast cast) {
        this.cast = cast;
    }

    void writePlainly() throws StepException {
        List<String> written = new ArrayList<>();
        for (Actor sender : cast.others(null)) {
            String text = cast.text();
            written.add(text);
            Element message = message(sender);
            message.addElement("body").setText(text);
            sender.outbox().send(message);
            awaitBounce(sender, message, "plaintext-body");
        }
        cast.b().leave(cast.room());
        requireUnread(written, cast.others(null));
        cast.a().forget();
        cast.b().forget();
        cast.b().beginToEnter(cast.room(), true, Optional.empty());
        cast.a().awaitReceived(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "from").equals(cast.room() + "/" + cast.b().name()), "does not see who enters");
        // A new message tells where the history ends, and that what came before it has arrived.
        String last = cast.text();
        cast.a().say(cast.room(), List.of(ContentElement.body(last)), SelfTestCast.BOTH);
        cast.b().awaitInside(cast.room());
        cast.awaitBody(cast.a(), last, SelfTestCast.BOTH);
        requireUnread(written, cast.others(null));
    }

    private static void requireUnread(List<String> written, List<Actor> readers) throws StepException {
        for (Actor reader : readers) {
            if (written.stream().anyMatch(reader::hasReceived)) {
                throw reader.failed("has got from the room what stood there readable");
            }
        }
    }

    void writeLegacy() throws StepException {
        Element message = message(cast.b());
        Element encrypted = message.addElement("encrypted", Family.LEGACY.namespace());
        Element header = encrypted.addElement("header").addAttribute("sid", "1");
        header.addElement("key").addAttribute("rid", "2").setText("A".repeat(88));
        header.addElement("iv").setText("A".repeat(16));
        encrypted.addElement("payload").setText("A".repeat(44));
        message.addElement("body").setText("This message is encrypted with OMEMO.");
        cast.b().outbox().send(message);
        awaitBounce(cast.b(), message, "family-not-accepted");
    }

    void leak() throws StepException {
        String secret = cast.text();
        cast.b().outbox().hold();
        Element message;
        try {
            cast.b().say(cast.room(), List.of(ContentElement.body(cast.text())), SelfTestCast.BOTH);
        } finally {
            message = EncryptionScenes.only(cast.b().outbox().release(), cast.b());
        }
        message.addElement("x", "jabber:x:oob").addElement("url").setText("https://example.org/" + secret);
        cast.b().outbox().send(message);
        awaitBounce(cast.b(), message, "unlisted-element");
        String next = cast.text();
        cast.b().say(cast.room(), List.of(ContentElement.body(next)), SelfTestCast.BOTH);
        cast.awaitBody(cast.b(), next, SelfTestCast.BOTH);
        requireUnread(List.of(secret), cast.others(cast.b()));
    }

    private Element message(Actor sender) {
        return Stanzas.stanza("message", "groupchat", sender.address().toString(), cast.room().toString(), cast.text());
    }

    /** The error that sends a message back, with a finding. */
    void awaitBounce(Actor sender, Element message, String code) throws StepException {
        String id = Stanzas.attribute(message, "id");
        Element bounce = sender.awaitReceived(stanza -> Stanzas.attribute(stanza, "type").equals("error")
            && Stanzas.attribute(stanza, "id").equals(id), "did not get its message back (" + code + ")");
        if (!bounce.asXML().contains("\"" + code + "\"")) {
            throw sender.failed("got its message back, but not for " + code + ": " + Stanzas.condition(bounce));
        }
    }
}
