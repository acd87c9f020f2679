package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.Base64;

/** {@code <encrypted>} of the three families as XEP-0384 has them, and what becomes of it in the hands of somebody hostile. */
final class Omemo {

    static final String LEGACY = "eu.siacs.conversations.axolotl";
    static final String OMEMO_1 = "urn:xmpp:omemo:1";
    static final String OMEMO_2 = "urn:xmpp:omemo:2";

    private final Dice dice;
    private final Pen pen;
    private final String secret;
    private final Scene scene;

    Omemo(Dice dice, Pen pen, String secret, Scene scene) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
        this.scene = scene;
    }

    /** One as a client writes it. What stands in it is random, or base64 of the secret, which nobody can tell from it. */
    Tag encrypted() {
        return encrypted(dice.pick(LEGACY, OMEMO_1, OMEMO_2));
    }

    Tag encrypted(String family) {
        Tag header = new Tag(family, "header").with("sid", Integer.toString(dice.between(1, Integer.MAX_VALUE - 1)));
        if (family.equals(LEGACY)) {
            for (int rid = dice.between(1, 6); rid > 0; rid--) {
                header.with(key(family, rid));
            }
            header.with(new Tag(family, "iv").text(Base64.getEncoder().encodeToString(dice.bytes(dice.pick(12, 16)))));
        } else {
            String[] jids = {scene.other(), scene.guest(), "carol@example.org", secret + "@example.org"};
            for (int i = dice.between(1, 3); i > 0; i--) {
                Tag keys = new Tag(family, "keys").with("jid", jids[dice.oneIn(6) ? 3 : i - 1]);
                for (int rid = dice.between(1, 3); rid > 0; rid--) {
                    keys.with(key(family, 10 * i + rid));
                }
                header.with(keys);
            }
        }
        Tag encrypted = new Tag(family, "encrypted").with(header);
        if (family.equals(OMEMO_1) || !dice.oneIn(8)) {
            encrypted.with(new Tag(family, "payload").text(blocks()));
        }
        return encrypted;
    }

    private Tag key(String family, int rid) {
        Tag key = new Tag(family, "key").with("rid", Integer.toString(rid)).text(material());
        return dice.oneIn(3) ? key.with(family.equals(LEGACY) ? "prekey" : "kex", dice.pick("true", "1")) : key;
    }

    private String material() {
        return dice.oneIn(8) ? pen.encoded(100) : Base64.getEncoder().encodeToString(dice.bytes(dice.between(60, 200)));
    }

    /** Whole cipher blocks. */
    private String blocks() {
        int bytes = 16 * dice.between(1, 12);
        return dice.oneIn(6) ? pen.encoded(bytes - secret.length())
            : Base64.getEncoder().encodeToString(dice.bytes(bytes));
    }

    /** Changes one thing in it. */
    Tag mutated() {
        Tag encrypted = encrypted();
        var all = encrypted.all();
        Tag victim = all.get(dice.below(all.size()));
        String words = pen.words();
        switch (dice.below(20)) {
            case 0 -> victim.text(words);
            case 1 -> victim.with(secret, words);
            case 2 -> victim.with(dice.pick("rid", "sid", "kex", "prekey", "jid"), words);
            case 3 -> victim.content.clear();
            case 4 -> victim.with(new Tag(victim.namespace, dice.pick("payload", "header", "key", "keys", "iv", secret))
                .text(words));
            case 5 -> victim.with(new Tag("", "body").text(words));
            case 6 -> victim.namespace = dice.pick("", LEGACY, OMEMO_1, OMEMO_2, "urn:x:" + secret);
            case 7 -> victim.name = dice.pick("payload", "header", "body", "subject", secret, "Encrypted");
            case 8 -> victim.with(victim.copy());
            case 9 -> victim.attributes.clear();
            case 10 -> victim.raw("<!-- " + secret + " -->");
            case 11 -> victim.with(dice.pick("rid", "sid"), dice.pick("0", "-1", "2147483648", "99999999999999999999",
                "1e3", " 7", "+7", "٣", "0x1", "01"));
            case 12 -> victim.text(" ").text("=").text(words);
            case 13 -> victim.with("xml:lang", dice.pick("en", secret, words));
            case 14 -> victim.with("xmlns:" + secret, "urn:x:" + secret);
            case 15 -> {
                victim.content.clear();
                victim.text(dice.pick(secret, pen.encoded(0), "AAAA", "AA==", "%%%", Base64.getEncoder()
                    .encodeToString(dice.bytes(dice.below(16)))));
            }
            case 16 -> encrypted.content.addAll(encrypted.copy().content);
            case 17 -> victim.with("jid", dice.pick(secret, "a@b/" + secret, "@", "a b@c", secret + "@" + secret,
                "x".repeat(3000) + "@a", "a@[::1]", "\u2126@\u2126.example"));
            case 18 -> victim.with(new Tag("http://jabber.org/protocol/xhtml-im", "html").text(words));
            default -> encrypted.content.remove(0);
        }
        return encrypted;
    }
}
