package org.igniterealtime.openfire.plugin.omemo.attack;

/** Invitations, declines and requests for voice (XEP-0045, §7.8, §7.13; XEP-0249), with all that such forms can carry. */
final class Invitations {

    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    private static final String DATA = "jabber:x:data";

    private final Dice dice;
    private final Pen pen;
    private final String secret;
    private final Extensions extensions;
    private final Scene scene;

    Invitations(Dice dice, Pen pen, String secret, Extensions extensions, Scene scene) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
        this.extensions = extensions;
        this.scene = scene;
    }

    Tag any() {
        return switch (dice.below(8)) {
            case 0 -> Tag.x("jabber:x:conference").with("jid", dice.pick(scene.room(), secret + "@example.org"))
                .with("reason", pen.words()).with("password", secret).with("thread", extensions.id()).text(pen.words());
            case 1, 2 -> voice();
            case 3 -> Tag.x(MUC_USER).with(invitation("decline"));
            default -> {
                Tag x = Tag.x(MUC_USER).with(invitation("invite"));
                if (dice.oneIn(5)) {
                    x.with(invitation(dice.pick("invite", "decline")));
                }
                if (dice.oneIn(5)) {
                    x.with(new Tag(MUC_USER, "password").text(secret), extensions.telling()).text(pen.words());
                }
                yield x;
            }
        };
    }

    private Tag invitation(String name) {
        Tag invitation = new Tag(dice.oneIn(10) ? "urn:x:y" : MUC_USER, name)
            .with("to", dice.oneIn(6) ? extensions.address() : scene.guest());
        for (int i = dice.below(4); i > 0; i--) {
            switch (dice.below(6)) {
                case 0 -> invitation.with(new Tag(MUC_USER, "continue").with("thread", extensions.id()));
                case 1 -> invitation.with(dice.pick("from", "reason", "thread", secret), pen.words());
                case 2 -> invitation.text(pen.words());
                case 3 -> invitation.with(extensions.telling());
                case 4 -> invitation.with(new Tag(dice.pick("urn:x:y", "", MUC_USER), "reason").text(pen.words()));
                default -> invitation.with(new Tag(MUC_USER, "reason").text(pen.words()));
            }
        }
        return invitation;
    }

    private Tag voice() {
        Tag form = Tag.x(DATA).with("type", dice.pick("submit", "form", "cancel", secret));
        form.with(field("FORM_TYPE", dice.oneIn(6) ? pen.words() : "http://jabber.org/protocol/muc#request"));
        form.with(field("muc#role", dice.oneIn(4) ? secret : "participant"));
        if (dice.oneIn(2)) {
            form.with(field("muc#roomnick", extensions.id()), field("muc#jid", extensions.address()));
        }
        if (dice.oneIn(4)) {
            form.with(new Tag(DATA, dice.pick("title", "instructions", "reported", "item")).text(pen.words()));
        }
        return dice.oneIn(4) ? extensions.form(pen.words()) : form;
    }

    private Tag field(String name, String value) {
        Tag field = new Tag(DATA, "field").with("var", name).with(new Tag(DATA, "value").text(value));
        if (dice.oneIn(5)) {
            field.with(dice.pick("label", "type", secret), pen.words());
        }
        return dice.oneIn(8) ? field.with(new Tag(DATA, dice.pick("desc", "option", "required")).text(pen.words())) : field;
    }
}
