package org.igniterealtime.openfire.plugin.omemo.attack;

import org.igniterealtime.openfire.plugin.omemo.attack.Shot.After;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Answer;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Cast;
import org.igniterealtime.openfire.plugin.omemo.attack.Shot.Kind;

/**
 * Hostile and odd stanzas, made from the grammar of XMPP (RFC 6120, RFC 6121, XEP-0045 and the extensions that clients
 * know), never from what the policy allows. Each has its {@link Secret} wherever text can stand.
 */
final class Generator {

    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final long seed;

    /** @param seed the same seed gives the same stanzas */
    Generator(long seed) {
        this.seed = seed;
    }

    /** The stanza of a number, as it is sent in a scene. */
    Shot shot(int number, Scene scene) {
        return new Draft(number, scene).shot();
    }

    /** One stanza in the making. */
    private final class Draft {

        private final int number;
        private final Scene scene;
        private final String secret;
        private final Dice dice;
        private final Pen pen;
        private final Extensions extensions;
        private final Omemo omemo;
        private final Tag message = new Tag("", "message");
        private Answer expects = Answer.NOBODY;
        private After after = After.STAYS;

        Draft(int number, Scene scene) {
            this.number = number;
            this.scene = scene;
            secret = Secret.of(number);
            dice = new Dice(seed, number);
            pen = new Pen(dice, secret);
            extensions = new Extensions(dice, pen, secret, scene);
            omemo = new Omemo(dice, pen, secret, scene);
        }

        Shot shot() {
            int roll = dice.below(10_000);
            Cast from = dice.pick(Cast.MEMBER, Cast.MEMBER, Cast.MEMBER, Cast.MEMBER, Cast.OWNER, Cast.OWNER,
                Cast.VISITOR, Cast.OUTSIDER);
            if (roll < 40) {
                Streams streams = new Streams(dice, pen, secret, omemo, scene.room());
                return new Shot(number, Kind.STREAM, Cast.MEMBER, Answer.NOBODY, After.OUT, streams.breaking());
            }
            Kind kind = kind(roll);
            String xml = kind == Kind.PRESENCE ? presence(from) : message(kind);
            return new Shot(number, kind, from, expects, after, xml);
        }

        private Kind kind(int roll) {
            return roll < 45 ? Kind.OVERSIZE
                : roll < 4_400 ? Kind.CONVERSATION
                : roll < 5_600 ? Kind.PLAINTEXT
                : roll < 7_000 ? Kind.PRIVATE
                : roll < 8_000 ? Kind.SERVICE
                : roll < 8_400 ? Kind.SUBJECT
                : roll < 8_700 ? Kind.ERROR
                : roll < 9_200 ? Kind.TYPE_TRICK
                : Kind.PRESENCE;
        }

        private String message(Kind kind) {
            message.with("to", scene.room()).with("type", "groupchat").with("id", "m" + number);
            expects = Answer.SENDER;
            switch (kind) {
                case CONVERSATION -> conversation();
                case PLAINTEXT -> plaintext();
                case PRIVATE -> privately();
                case SERVICE -> service();
                case SUBJECT -> subject();
                case ERROR -> error();
                case TYPE_TRICK -> typeTrick();
                default -> oversize();
            }
            if (dice.oneIn(12)) {
                new Twist(dice, pen, secret).apply(message);
            }
            return pen.write(message);
        }

        /** What a client sends, and with it what it should not. */
        private void conversation() {
            message.with(dice.oneIn(3) ? omemo.mutated() : omemo.encrypted());
            if (dice.oneIn(12)) {
                message.with(omemo.encrypted());
            }
            if (dice.oneIn(3)) {
                message.with(new Tag("", "body").text(pen.words()));
            }
            some(3);
            if (dice.oneIn(3)) {
                root();
            }
        }

        private void plaintext() {
            switch (dice.below(6)) {
                case 0 -> message.with(extensions.telling());
                case 1 -> message.text(pen.words());
                case 2 -> message.with(new Tag("", "body").text(pen.words()), extensions.xhtml(pen.words()));
                case 3 -> message.with(new Tag(dice.pick("jabber:server", "jabber:component:accept", "urn:x:y"), "body")
                    .text(pen.words()));
                default -> message.with(new Tag("", "body").with("xml:lang", dice.pick("en", "de", "x-" + secret))
                    .text(pen.words()));
            }
            some(2);
            if (dice.oneIn(4)) {
                root();
            }
        }

        private void privately() {
            String nick = dice.pick(scene.witness(), scene.witness(), scene.witness(), Cast.MEMBER.nick(), "nobody",
                secret, scene.witness().toUpperCase(), scene.witness() + "\u200b", " " + scene.witness());
            message.with("to", scene.room() + "/" + nick);
            String type = dice.pick("chat", "normal", null, "groupchat", "headline");
            if (type == null) {
                message.attributes.removeIf(attribute -> attribute.name().equals("type"));
            } else {
                message.with("type", type);
            }
            expects = Answer.SENDER_OR_WITNESS;
            switch (dice.below(4)) {
                case 0 -> message.with(new Tag("", "body").text(pen.words()));
                case 1 -> message.with(omemo.mutated());
                default -> message.with(omemo.encrypted());
            }
            if (dice.oneIn(3)) {
                message.with(Tag.x(MUC_USER));
            }
            some(2);
        }

        /** Invitations, their declines, requests for voice (XEP-0045), and what travels with them. */
        private void service() {
            message.with("type", dice.pick("normal", "normal", "normal", "groupchat", "chat"));
            if (dice.oneIn(3)) {
                message.attributes.removeIf(attribute -> attribute.name().equals("type"));
            }
            expects = Answer.NOBODY;
            Invitations invitations = new Invitations(dice, pen, secret, extensions, scene);
            for (int i = dice.below(8) / 6; i >= 0; i--) {
                message.with(invitations.any());
            }
            if (dice.oneIn(2)) {
                some(2);
            }
            if (dice.oneIn(4)) {
                message.with(new Tag("", "body").text(pen.words()));
            }
            if (dice.oneIn(6)) {
                root();
            }
        }

        private void subject() {
            if (dice.oneIn(4)) {
                message.with("to", scene.room() + "/" + scene.witness());
                expects = Answer.SENDER_OR_WITNESS;
            }
            message.with(new Tag(dice.pick("", "", "", "urn:x:y", "jabber:server"), "subject").text(pen.words()));
            if (dice.oneIn(3)) {
                message.with(dice.pick(new Tag("", "body"), new Tag("", "thread").text(extensions.id()),
                    omemo.encrypted(), new Tag("urn:x:y", "body").text(pen.words())));
            }
        }

        /** Rooms take whoever sends them an error for gone. */
        private void error() {
            message.with("type", "error");
            expects = Answer.NOBODY;
            after = After.OUT;
            if (dice.oneIn(3)) {
                message.with("to", scene.room() + "/" + scene.witness());
            }
            Tag error = new Tag("", "error").with("type", dice.pick("cancel", "modify", secret)).with(
                new Tag("urn:ietf:params:xml:ns:xmpp-stanzas", dice.pick("gone", "forbidden", secret)).text(secret),
                new Tag("urn:ietf:params:xml:ns:xmpp-stanzas", "text").text(pen.words()), extensions.telling());
            message.with(error);
            if (dice.oneIn(2)) {
                message.with(new Tag("", "body").text(pen.words()));
            }
            some(2);
        }

        private void typeTrick() {
            expects = Answer.NOBODY;
            after = After.OUT;
            message.with(dice.oneIn(2) ? omemo.encrypted() : new Tag("", "body").text(pen.words()));
            switch (dice.below(5)) {
                case 0 -> message.with("type", dice.pick("Groupchat", "GROUPCHAT", "groupchat ", "", "result", secret,
                    "gr\u043eupchat", "headline", "chat"));
                case 1 -> message.with("xmlns:t", "urn:t:" + secret).with("t:type", dice.pick("error", "groupchat", secret));
                case 2 -> {
                    message.attributes.removeIf(attribute -> attribute.name().equals("type"));
                    message.with("xmlns:t", "urn:t").with("t:type", dice.pick("groupchat", "chat"));
                }
                case 3 -> message.with("xmlns:t", "urn:t").with("t:to", scene.room()).with("t:id", secret)
                    .with("t:from", scene.guest());
                default -> message.with("to", scene.room() + "/" + dice.pick(" ", "\u00a0", "\u2003", "\u3000", "\u200b",
                    " " + scene.witness() + " "));
            }
            some(1);
        }

        private void oversize() {
            int size = dice.between(20_000, 300_000);
            switch (dice.below(5)) {
                case 0 -> message.with(new Tag("", "body").text((secret + " ").repeat(size / 16)));
                case 1 -> message.with(new Tag(Omemo.LEGACY, "encrypted").with(new Tag(Omemo.LEGACY, "header")
                    .with("sid", "1")).with(new Tag(Omemo.LEGACY, "payload").text(pen.encoded(size))));
                case 2 -> {
                    for (int i = dice.between(100, 2_000); i > 0; i--) {
                        message.with(extensions.ordinary());
                    }
                }
                case 3 -> {
                    Tag deep = message;
                    for (int i = dice.between(50, 600); i > 0; i--) {
                        Tag inner = new Tag("urn:x", "x");
                        deep.with(inner);
                        deep = inner;
                    }
                    deep.text(secret);
                }
                default -> {
                    for (int i = dice.between(100, 3_000); i > 0; i--) {
                        message.with("a" + i, secret);
                    }
                }
            }
        }

        private String presence(Cast from) {
            Presences presences = new Presences(dice, pen, secret, extensions, scene, from.nick());
            Tag presence = presences.any();
            after = presences.after();
            return pen.write(presence);
        }

        /** So many things more, each in its proper form or out of it. */
        private void some(int most) {
            for (int i = dice.below(most + 1); i > 0; i--) {
                Tag extra = dice.oneIn(3) ? extensions.telling() : extensions.ordinary();
                if (dice.oneIn(6)) {
                    new Twist(dice, pen, secret).apply(extra);
                }
                message.with(extra);
            }
            if (dice.oneIn(6)) {
                message.with(new Tag("", "thread").text(extensions.id()));
            }
            if (dice.oneIn(12)) {
                message.raw(dice.pick("<!--" + secret + "-->", "<![CDATA[" + secret + "]]>", "&#32;&#10;", "\n  ",
                    Pen.escaped(pen.words())));
            }
        }

        /** Attributes of the stanza itself. */
        private void root() {
            switch (dice.below(7)) {
                case 0 -> message.with("id", extensions.id());
                case 1 -> message.with("xml:lang", dice.pick("de", "en", "", secret, "de-" + secret, pen.words()));
                case 2 -> message.with(secret, pen.words());
                case 3 -> message.with("xmlns:" + secret, "urn:x:" + secret).with(secret + ":a", secret);
                case 4 -> message.with("xmlns:" + secret, dice.pick("urn:xmpp:hints", "urn:xmpp:omemo:2", "jabber:client"));
                case 5 -> message.with("from", dice.pick(scene.other(), scene.room() + "/" + scene.witness(), secret));
                default -> message.with("xml:space", "preserve").with("xml:base", "http://x/" + secret);
            }
        }
    }
}
