package org.igniterealtime.openfire.plugin.omemo.attack;

import org.igniterealtime.openfire.plugin.omemo.attack.Shot.After;

/** Presence to a room: availability, nicknames, entering and leaving (XEP-0045, §7), with whatever clients put into it. */
final class Presences {

    private final Dice dice;
    private final Pen pen;
    private final String secret;
    private final Extensions extensions;
    private final Scene scene;
    private final String nick;
    private After after = After.RENAMED;

    Presences(Dice dice, Pen pen, String secret, Extensions extensions, Scene scene, String nick) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
        this.extensions = extensions;
        this.scene = scene;
        this.nick = nick;
    }

    /** What the last one may have done to its sender. */
    After after() {
        return after;
    }

    Tag any() {
        Tag presence = new Tag("", "presence");
        // Whoever enters twice under two names stays in the room of 4.2 as a ghost: names change, or people enter.
        if (dice.oneIn(3)) {
            presence.with("to", scene.room() + "/" + nick).with(entering());
        } else {
            presence.with("to", scene.room() + (dice.oneIn(10) ? "" : "/" + nickname()));
        }
        if (dice.oneIn(6)) {
            presence.with("type", dice.pick("unavailable", "error", "subscribe", "invisible", secret, "probe", ""));
            after = After.OUT;
        }
        for (int i = dice.between(1, 3); i > 0; i--) {
            presence.with(child());
        }
        if (dice.oneIn(6)) {
            presence.text(pen.words());
        }
        if (dice.oneIn(6)) {
            presence.with(dice.pick("id", "xml:lang", secret), extensions.id());
        }
        if (dice.oneIn(12)) {
            presence.with("xmlns:" + secret, "urn:x:" + secret);
        }
        if (dice.oneIn(8)) {
            new Twist(dice, pen, secret).child(presence);
        }
        return presence;
    }

    private String nickname() {
        return switch (dice.below(10)) {
            case 0 -> nick + " " + secret;
            case 1 -> nick + " " + pen.words();
            case 2 -> nick + "\u200b";
            case 3 -> nick.toUpperCase();
            case 4 -> nick + "<b>&\"'";
            default -> nick;
        };
    }

    private Tag entering() {
        String muc = "http://jabber.org/protocol/muc";
        Tag x = Tag.x(muc);
        if (dice.oneIn(3)) {
            x.with(new Tag(muc, "password").text(secret));
        }
        if (dice.oneIn(3)) {
            x.with(new Tag(muc, secret).text(pen.words()));
        }
        return x.with(new Tag(muc, "history").with("maxstanzas", dice.oneIn(8) ? secret : "0"));
    }

    private Tag child() {
        return switch (dice.below(14)) {
            case 0, 1, 2 -> new Tag("", "status").text(pen.words());
            case 3 -> new Tag("", "show").text(dice.pick("away", "chat", "dnd", "xa", pen.words()));
            case 4 -> new Tag("", "priority").text(dice.pick("5", "-1", pen.words()));
            case 5 -> new Tag("http://jabber.org/protocol/caps", "c").with("hash", "sha-1")
                .with("node", dice.pick("https://gajim.org", "https://x/" + secret)).with("ver", pen.encoded(9))
                .with(dice.pick("ext", secret), dice.pick("voice-v1", pen.words()));
            case 6 -> Tag.x("vcard-temp:x:update").with(new Tag("vcard-temp:x:update", dice.pick("photo", "nickname"))
                .text(dice.pick(pen.encoded(9), pen.words())));
            case 7 -> new Tag("urn:xmpp:idle:1", "idle").with("since", dice.pick("2024-05-06T07:08:09Z", secret));
            case 8 -> new Tag("http://jabber.org/protocol/nick", "nick").text(pen.words());
            case 9 -> Tag.x("http://jivesoftware.org/protocol/muc")
                .with(new Tag("http://jivesoftware.org/protocol/muc", secret).text(pen.words()));
            case 10 -> new Tag("", "error").with(new Tag("urn:ietf:params:xml:ns:xmpp-stanzas", "text").text(pen.words()));
            case 11 -> new Tag(dice.pick("urn:x:y", "jabber:server"), "status").text(pen.words());
            case 12 -> omemoList();
            default -> extensions.telling();
        };
    }

    private Tag omemoList() {
        return new Tag(Omemo.LEGACY, "list").with(new Tag(Omemo.LEGACY, "device").with("id", secret));
    }
}
