package org.igniterealtime.openfire.plugin.omemo.attack;

/**
 * Extensions as clients write them (the XEPs name the namespaces), with values that are the sender's to choose: what may
 * stand beside an encrypted message, and by accident or on purpose carries something.
 */
final class Extensions {

    private static final String[] FAMILIES = {"eu.siacs.conversations.axolotl", "urn:xmpp:omemo:1", "urn:xmpp:omemo:2"};
    private static final String[] EMOJI = {"👍", "❤️", "🏳️‍🌈", "👩🏽‍🚀", "1️⃣", "🇩🇪", "‼️", "✓", "👍👍", "ok", "©", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"};

    private final Dice dice;
    private final Pen pen;
    private final String secret;
    private final Scene scene;

    Extensions(Dice dice, Pen pen, String secret, Scene scene) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
        this.scene = scene;
    }

    /** One that clients send in the clear, in its proper form. */
    Tag ordinary() {
        return switch (dice.below(17)) {
            case 0 -> new Tag("urn:xmpp:receipts", "request");
            case 1 -> new Tag("urn:xmpp:receipts", "received").with("id", id());
            case 2 -> new Tag("urn:xmpp:chat-markers:0", "markable");
            case 3 -> new Tag("urn:xmpp:chat-markers:0", dice.pick("received", "displayed", "acknowledged"))
                .with("id", id());
            case 4 -> new Tag("http://jabber.org/protocol/chatstates",
                dice.pick("active", "composing", "paused", "inactive", "gone"));
            case 5 -> new Tag("urn:xmpp:hints",
                dice.pick("store", "no-store", "no-copy", "no-permanent-store", "no-storage"));
            case 6 -> new Tag("urn:xmpp:eme:0", "encryption").with("namespace", dice.pick(FAMILIES))
                .with("name", dice.pick("OMEMO", "OMEMOE", "OMEMO 2", "OMEMO:1"));
            case 7 -> new Tag("urn:xmpp:sid:0", "origin-id").with("id", id());
            case 8 -> new Tag("urn:xmpp:sid:0", "stanza-id").with("id", id()).with("by", address());
            case 9 -> new Tag("urn:xmpp:message-correct:0", "replace").with("id", id());
            case 10 -> new Tag("urn:xmpp:reply:0", "reply").with("id", id()).with("to", address());
            case 11 -> fallback();
            case 12 -> new Tag("urn:xmpp:delay", "delay").with("stamp", "2024-05-06T07:08:09Z").with("from", address());
            case 13 -> new Tag("http://jabber.org/protocol/address", "addresses").with(
                new Tag("http://jabber.org/protocol/address", "address").with("type", "to").with("jid", address()));
            case 14 -> reactions();
            case 15 -> new Tag("urn:xmpp:message-retract:1", "retract").with("id", id());
            default -> new Tag("urn:xmpp:carbons:2", "private");
        };
    }

    /** One that has something readable in it, as its XEP means it to. */
    Tag telling() {
        String words = pen.words();
        return switch (dice.below(32)) {
            case 0 -> xhtml(words);
            case 1 -> Tag.x("jabber:x:oob").with(new Tag("jabber:x:oob", "url").text("https://example.org/" + secret),
                new Tag("jabber:x:oob", "desc").text(words));
            case 2 -> new Tag("urn:xmpp:sims:1", "media-sharing").with(file("urn:xmpp:jingle:apps:file-transfer:5", words),
                new Tag("urn:xmpp:sims:1", "sources").with(reference("https://example.org/" + secret)));
            case 3 -> new Tag("urn:xmpp:sfs:0", "file-sharing").with("disposition", "inline")
                .with(file("urn:xmpp:file:metadata:0", words), new Tag("urn:xmpp:sfs:0", "sources").with(
                    new Tag("http://jabber.org/protocol/url-data", "url-data").with("target", "https://x/" + secret)));
            case 4 -> reference("xmpp:" + secret + "@example.org");
            case 5 -> poll(words);
            case 6 -> new Tag("http://jabber.org/protocol/nick", "nick").text(words);
            case 7 -> new Tag("urn:xmpp:bob", "data").with("cid", "sha1+" + secret + "@bob.xmpp.org")
                .with("type", "text/plain").text(pen.encoded(10));
            case 8 -> new Tag("urn:xmpp:spoiler:0", "spoiler").with("xml:lang", "en").text(words);
            case 9 -> new Tag("http://jabber.org/protocol/geoloc", "geoloc")
                .with(new Tag("http://jabber.org/protocol/geoloc", "text").text(words));
            case 10 -> new Tag("urn:xmpp:forward:0", "forwarded").with(inner(words));
            case 11 -> new Tag("urn:xmpp:carbons:2", dice.pick("received", "sent"))
                .with(new Tag("urn:xmpp:forward:0", "forwarded").with(inner(words)));
            case 12 -> new Tag("http://jabber.org/protocol/pubsub#event", "event").with(
                new Tag("http://jabber.org/protocol/pubsub#event", "items").with("node", secret).with(
                    new Tag("http://jabber.org/protocol/pubsub#event", "item").with("id", secret)
                        .with(new Tag("http://www.w3.org/2005/Atom", "title").text(words))));
            case 13 -> form(words);
            case 14 -> new Tag("urn:xmpp:rtt:0", "rtt").with("event", "new").with("seq", "1")
                .with(new Tag("urn:xmpp:rtt:0", "t").text(words));
            case 15 -> new Tag("urn:xmpp:message-moderate:1", "moderated").with("by", address())
                .with(new Tag("urn:xmpp:message-moderate:1", "reason").text(words));
            case 16 -> new Tag("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "Description")
                .with(new Tag("https://ogp.me/ns#", "title").text(words));
            case 17 -> new Tag("urn:xmpp:markup:0", "markup").with(
                new Tag("urn:xmpp:markup:0", "span").with("start", "0").with(new Tag("urn:xmpp:markup:0", secret)));
            case 18 -> new Tag("urn:xmpp:jingle-message:0", "propose").with("id", secret)
                .with(new Tag("urn:xmpp:jingle:apps:rtp:1", "description").with("media", words));
            case 19 -> new Tag("urn:xmpp:sce:1", "envelope").with(new Tag("urn:xmpp:sce:1", "content").with(
                new Tag("jabber:client", "body").text(words)));
            case 20 -> new Tag("urn:xmpp:openpgp:0", "openpgp").text(pen.encoded(30));
            case 21 -> new Tag("urn:xmpp:attention:0", "attention").text(words);
            case 22 -> new Tag("urn:xmpp:json:0", "json").text("{\"body\":\"" + secret + "\"}");
            case 23 -> new Tag("urn:xmpp:captcha", "captcha").with(form(words));
            case 24 -> relic(words);
            case 25 -> relic(words);
            case 26 -> new Tag("urn:xmpp:avatar:metadata", "metadata").with(
                new Tag("urn:xmpp:avatar:metadata", "info").with("url", "https://x/" + secret));
            case 27 -> new Tag("http://jabber.org/protocol/rosterx", "x").with(
                new Tag("http://jabber.org/protocol/rosterx", "item").with("action", "add").with("name", words)
                    .with("jid", "a@b"));
            case 28 -> new Tag("http://jabber.org/protocol/muc#user", "x").with(
                new Tag("http://jabber.org/protocol/muc#user", "status").with("code", words),
                new Tag("http://jabber.org/protocol/muc#user", "item").with(
                    new Tag("http://jabber.org/protocol/muc#user", "reason").text(words)));
            case 29 -> new Tag("urn:ietf:params:xml:ns:xmpp-stanzas", "text").text(words);
            case 30 -> new Tag("urn:igniterealtime:openfire:omemo:0", "finding").with("code", words).text(words);
            default -> new Tag(dice.pick("urn:example:" + secret, "urn:xmpp:unknown:0", "urn:xmpp:omemo:3",
                "urn:xmpp:hints:1", "jabber:server", "jabber:component:accept", "http://etherx.jabber.org/streams"),
                dice.pick("body", "subject", "encrypted", "x", "message", secret)).with("a", words).text(words);
        };
    }

    /** What stood in messages before there were XEPs for it. */
    private Tag relic(String words) {
        return switch (dice.below(8)) {
            case 0 -> Tag.x("jabber:x:event").with(new Tag("jabber:x:event", "id").text(words),
                new Tag("jabber:x:event", "composing"));
            case 1 -> Tag.x("jabber:x:delay").with("stamp", "20020910T23:08:25").with("from", address()).text(words);
            case 2 -> Tag.x("jabber:x:encrypted").text(pen.encoded(40));
            case 3 -> Tag.x("jabber:x:signed").text(words);
            case 4 -> Tag.x("jabber:x:expire").with("seconds", secret);
            case 5 -> Tag.x("jabber:x:roster").with(
                new Tag("jabber:x:roster", "item").with("jid", "a@b").with("name", words));
            case 6 -> Tag.x("jabber:x:envelope").with(new Tag("jabber:x:envelope", "to").text(words));
            default -> Tag.x(dice.pick("jabber:x:avatar", "jabber:x:autoupdate", "jabber:x:version", "jabber:x:oob"))
                .text(words);
        };
    }

    Tag xhtml(String words) {
        String html = "http://www.w3.org/1999/xhtml";
        return new Tag("http://jabber.org/protocol/xhtml-im", "html").with(new Tag(html, "body").with(
            new Tag(html, dice.pick("p", "a", "img", "span")).with(dice.pick("href", "alt", "title", "style"), words)
                .text(words)));
    }

    private Tag file(String namespace, String words) {
        return new Tag(namespace, "file").with(new Tag(namespace, "name").text(secret + ".txt"),
            new Tag(namespace, "desc").text(words), new Tag("urn:xmpp:hashes:2", "hash").with("algo", "sha-256")
                .text(pen.encoded(8)));
    }

    private Tag reference(String uri) {
        return new Tag("urn:xmpp:reference:0", "reference").with("type", "data").with("uri", uri);
    }

    private Tag poll(String words) {
        return new Tag("urn:xmpp:poll:0", "poll").with("id", secret).with(new Tag("urn:xmpp:poll:0", "question").text(words),
            new Tag("urn:xmpp:poll:0", "option").with("label", words));
    }

    private Tag inner(String words) {
        return new Tag("jabber:client", "message").with("from", address()).with("type", "groupchat")
            .with(new Tag("jabber:client", "body").text(words));
    }

    /** A form (XEP-0004) that asks or tells anything. */
    Tag form(String words) {
        String data = "jabber:x:data";
        return Tag.x(data).with("type", dice.pick("form", "submit", "result", "cancel")).with(
            new Tag(data, "title").text(words), new Tag(data, "instructions").text(words),
            new Tag(data, "field").with("var", secret).with("label", words).with("type", "fixed")
                .with(new Tag(data, "value").text(words)));
    }

    private Tag fallback() {
        String fallback = "urn:xmpp:fallback:0";
        return new Tag(fallback, "fallback").with("for", dice.pick("urn:xmpp:reply:0", "urn:xmpp:message-retract:1",
            "urn:xmpp:reactions:0", "urn:xmpp:omemo:2")).with(new Tag(fallback, dice.pick("body", "subject"))
                .with("start", "0").with("end", "9"));
    }

    private Tag reactions() {
        Tag reactions = new Tag("urn:xmpp:reactions:0", "reactions").with("id", id());
        for (int i = dice.below(4); i >= 0; i--) {
            reactions.with(new Tag("urn:xmpp:reactions:0", "reaction").text(dice.oneIn(8) ? secret : dice.pick(EMOJI)));
        }
        return reactions;
    }

    /** An id, which is the sender's to choose. */
    String id() {
        return switch (dice.below(10)) {
            case 0 -> secret;
            case 1 -> secret.repeat(dice.between(1, 30));
            case 2 -> pen.encoded(20);
            case 3 -> pen.words();
            case 4 -> "";
            default -> "id" + dice.below(100_000);
        };
    }

    /** The address of somebody or of nobody. */
    String address() {
        return switch (dice.below(8)) {
            case 0 -> secret + "@example.org";
            case 1 -> "a@" + secret + ".example";
            case 2 -> scene.room() + "/" + secret;
            case 3 -> "a@example.org/" + pen.words();
            case 4 -> "x".repeat(dice.between(1, 900)) + secret + "@example.org";
            case 5 -> pen.words();
            case 6 -> scene.room();
            default -> "bob@example.org";
        };
    }
}
