package org.igniterealtime.openfire.plugin.omemo.attack;

/**
 * What is not XML, or not the XML of XMPP (RFC 6120, §11), or cut in pieces differently by different readers. Openfire
 * closes most of these streams; what it does not is to be judged like anything else.
 */
final class Streams {

    /** Above what Openfire reads of one stanza, in characters. */
    private static final int TOO_LONG = 1_100_000;

    private final Dice dice;
    private final Pen pen;
    private final String secret;
    private final Omemo omemo;
    private final String room;

    Streams(Dice dice, Pen pen, String secret, Omemo omemo, String room) {
        this.dice = dice;
        this.pen = pen;
        this.secret = secret;
        this.omemo = omemo;
        this.room = room;
    }

    String breaking() {
        String attributes = " to=\"" + room + "\" type=\"groupchat\"";
        String encrypted = pen.write(omemo.encrypted());
        String body = "<body>" + secret + "</body>";
        return switch (dice.below(33)) {
            case 0 -> message(attributes, "<?pi " + secret + "?>" + encrypted);
            case 1 -> message(attributes, encrypted + "<?pi " + secret + "/>?>");
            case 2 -> message(attributes, "<!-- <a/> " + secret + " -->" + encrypted);
            case 3 -> message(attributes, "<!-- \" " + secret + " -->" + encrypted + "<!-- \" -->");
            case 4 -> "<!DOCTYPE message [<!ENTITY e \"" + secret + "\">]>" + message(attributes, "<body>&e;</body>");
            case 5 -> message(attributes, "<body>&" + secret + ";</body>" + encrypted);
            case 6 -> message(attributes + " a=\"&" + secret + ";\"", encrypted);
            case 7 -> message(attributes + " type=\"chat\"", body);
            case 8 -> message(attributes + " xmlns:a=\"urn:a\" xmlns:b=\"urn:a\" a:x=\"" + secret + "\" b:x=\"1\"", encrypted);
            case 9 -> message(attributes, encrypted + "<u:x>" + secret + "</u:x>");
            case 10 -> message(attributes, encrypted + "<body>" + secret + "</BODY>");
            case 11 -> message(attributes, encrypted + "&#0;&#1;" + secret);
            case 12 -> message(attributes, encrypted + "<body>\u0001" + secret + "</body>");
            case 13 -> message(attributes, encrypted + "<body>\ufffe\uffff" + secret + "</body>");
            case 14 -> message(attributes, encrypted + "<body>" + secret + "]]></body>");
            case 15 -> message(attributes, "<body>" + (secret + " ").repeat(TOO_LONG / (secret.length() + 1)) + "</body>");
            case 16 -> "<x:message xmlns:x=\"jabber:client\"" + attributes + ">" + body + encrypted + "</x:message>";
            case 17 -> "<message xmlns=\"urn:x:" + secret + "\"" + attributes + ">" + body + encrypted + "</message>";
            case 18 -> "<" + secret + ":message xmlns:" + secret + "=\"jabber:client\"" + attributes + ">" + encrypted + "</"
                + secret + ":message>";
            case 19 -> message(attributes + " a='x/>" + secret + "'", encrypted);
            case 20 -> message(attributes + " a='\"" + secret + "'", encrypted + "<b a='\"'/>");
            case 21 -> message(attributes + " xmlns=\"jabber:server\"", body + encrypted);
            case 22 -> "<?xml version=\"1.0\"?>" + message(attributes, body);
            case 23 -> message(attributes, encrypted + "<![CDATA[" + secret + "]]]]><![CDATA[>]]>");
            case 24 -> secret + message(attributes, encrypted) + secret;
            case 25 -> message(attributes, "<message" + attributes + ">" + body + "</message>" + encrypted);
            case 26 -> message(attributes + " xml:" + secret + "=\"1\" xmlns:xml=\"http://www.w3.org/XML/1998/namespace\"",
                encrypted);
            case 27 -> "<message\n" + attributes + ">" + encrypted + body + "</message>";
            case 28 -> "<message" + attributes + ">" + encrypted + body + "</message >";
            case 29 -> "<presence xmlns=\"urn:x:" + secret + "\" to=\"" + room + "/breaker\"><status>" + secret
                + "</status></presence>";
            case 30 -> "<" + secret + ":presence xmlns:" + secret + "=\"jabber:client\" to=\"" + room
                + "/breaker\"/>";
            case 31 -> "<message xmlns=\"http://www.w3.org/1999/xhtml\"" + attributes + ">" + encrypted + body + "</message>";
            default -> message(attributes, body + "<stream:stream xmlns:stream=\"http://etherx.jabber.org/streams\">"
                + secret + "</stream:stream>" + encrypted);
        };
    }

    private static String message(String attributes, String content) {
        return "<message" + attributes + ">" + content + "</message>";
    }
}
