package org.igniterealtime.openfire.plugin.omemo.attack;

/** Changes that can be made to any element: what XML permits, and the form of the element does not. */
final class Twist {

    private final Dice dice;
    private final Pen pen;
    private final String secret;

    Twist(Dice dice, Pen pen, String secret) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
    }

    /** Changes one of an element's descendants, or itself where it has none. */
    void child(Tag element) {
        var all = element.all();
        apply(all.size() == 1 ? element : all.get(dice.between(1, all.size() - 1)));
    }

    void apply(Tag element) {
        var all = element.all();
        Tag victim = all.get(dice.below(all.size()));
        boolean stanza = victim == element && element.namespace.isEmpty();
        String words = pen.words();
        switch (dice.below(13)) {
            case 0 -> victim.text(words);
            case 1 -> victim.with(secret, words);
            case 2 -> victim.with("xml:lang", dice.pick("en", words));
            case 3 -> victim.with("xmlns:p", "urn:p:" + secret).with("p:a", words);
            case 4 -> victim.with(new Tag(victim.namespace, dice.pick("body", "text", "x", secret)).text(words));
            case 5 -> victim.with(new Tag("http://www.w3.org/1999/xhtml", "body").text(words));
            case 6 -> victim.raw("<!--" + secret + "-->");
            case 7 -> victim.raw("<![CDATA[" + secret + "]]>");
            case 8 -> victim.raw("&#x" + Integer.toHexString(secret.charAt(0)) + ";" + secret.substring(1));
            case 9 -> victim.with("xmlns:" + secret, dice.pick("urn:xmpp:hints", "urn:xmpp:omemo:1", "urn:x:" + secret));
            case 10 -> {
                if (!stanza) {
                    victim.namespace = dice.pick("urn:x:" + secret, "jabber:server", "urn:xmpp:omemo:2", "urn:xmpp:hints");
                }
            }
            case 11 -> {
                if (!stanza) {
                    victim.name = dice.pick(secret, "body", "subject", "x", "html");
                }
            }
            default -> victim.content.addAll(victim.copy().content);
        }
    }
}
