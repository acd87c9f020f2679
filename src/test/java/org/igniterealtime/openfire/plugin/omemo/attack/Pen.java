package org.igniterealtime.openfire.plugin.omemo.attack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Spells elements as XML, in one of the many ways in which it can be done, and words so that a person still reads them. */
final class Pen {

    private static final String[] INVISIBLE = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e",
        "\u202e", "\u2063", "\ufe0f", "\u180e", "\u034f", "\u2066", "\ud83c\udffb", "\udb40\udc41"};
    private static final int LONG = 70;

    private final Dice dice;
    private final String secret;

    Pen(Dice dice, String secret) {
        this.dice = dice;
        this.secret = secret;
    }

    /** The secret in words that a client would show. */
    String words() {
        return switch (dice.below(12)) {
            case 0 -> "hello " + secret + " bye";
            case 1 -> secret.toUpperCase();
            case 2 -> between(secret, dice.pick(INVISIBLE));
            case 3 -> wide(secret);
            case 4 -> "\n\t " + secret + "\n";
            case 5 -> "/me " + secret;
            case 6 -> "https://example.org/" + secret + "?a=1&b=<2>";
            case 7 -> "\u202e" + secret;
            case 8 -> "aesgcm://example.org/" + secret + "#" + "ab".repeat(44);
            case 9 -> encoded(0);
            default -> secret;
        };
    }

    /** Base64 of the secret and so much more. */
    String encoded(int more) {
        byte[] random = dice.bytes(more);
        byte[] bytes = new byte[secret.length() + more];
        System.arraycopy(secret.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, secret.length());
        System.arraycopy(random, 0, bytes, secret.length(), more);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String between(String text, String filling) {
        int middle = text.length() / 2;
        return text.substring(0, middle) + filling + text.substring(middle);
    }

    private static String wide(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c - 'a' + '\uff41')));
        return wide.toString();
    }

    /** The element where the default namespace is the stream's. */
    String write(Tag tag) {
        StringBuilder xml = new StringBuilder(512);
        write(tag, "", xml);
        return xml.toString();
    }

    private void write(Tag tag, String inherited, StringBuilder xml) {
        // Openfire looks for the end of a stanza with "<message " and "</message>" letter by letter: see Streams.
        boolean stanza = xml.isEmpty();
        String prefix = "";
        String declared = inherited;
        if (tag.namespace.isEmpty() && !inherited.isEmpty()) {
            declared = "jabber:client";
        } else if (!tag.namespace.isEmpty() && dice.oneIn(24)) {
            prefix = prefix(tag);
        }
        if (prefix.isEmpty() && !tag.namespace.isEmpty()) {
            declared = tag.namespace;
        }
        xml.append('<').append(prefix).append(tag.name);
        if (!prefix.isEmpty()) {
            xml.append(" xmlns:").append(prefix, 0, prefix.length() - 1).append("=\"");
            attribute(tag.namespace, xml).append('"');
        } else if (!declared.equals(inherited)) {
            xml.append(dice.oneIn(6) ? " xmlns='" : " xmlns=\"");
            char quote = xml.charAt(xml.length() - 1);
            // What Openfire cuts the stream with knows nothing of single quotes; a slash in them is harmless by itself.
            xml.append(escaped(declared)).append(quote);
        }
        for (Tag.Attribute attribute : tag.attributes) {
            xml.append(dice.oneIn(20) && !stanza ? "\n " : " ").append(attribute.name()).append("=\"");
            attribute(attribute.value(), xml).append('"');
        }
        if (tag.content.isEmpty() && !dice.oneIn(5)) {
            xml.append("/>");
            return;
        }
        xml.append('>');
        for (Tag.Content part : tag.content) {
            if (part instanceof Tag.Child child) {
                write(child.tag(), declared, xml);
            } else if (part instanceof Tag.Text text) {
                text(text.text(), xml);
            } else if (part instanceof Tag.Raw raw) {
                xml.append(raw.xml());
            }
        }
        xml.append("</").append(prefix).append(tag.name).append(dice.oneIn(30) && !stanza ? " >" : ">");
    }

    private String prefix(Tag tag) {
        String prefix = dice.oneIn(2) ? secret : dice.pick("a", "ns0", "omemo", "stream2", "client");
        String declaration = "xmlns:" + prefix;
        return tag.attributes.stream().anyMatch(attribute -> attribute.name().equals(declaration)) ? "" : prefix + ":";
    }

    private void text(String text, StringBuilder xml) {
        // Keys and payloads are many: were each spelt in an odd way so often, no message would be in order.
        switch (dice.below(text.length() > LONG ? 150 : 10)) {
            case 0 -> xml.append("<![CDATA[").append(text.replace("]]>", "]] >")).append("]]>");
            case 1 -> {
                int middle = middle(text);
                xml.append(escaped(text.substring(0, middle))).append("<![CDATA[")
                    .append(text.substring(middle).replace("]]>", "]] >")).append("]]>");
            }
            case 2 -> references(text, xml);
            case 3 -> {
                int middle = middle(text);
                xml.append(escaped(text.substring(0, middle))).append(dice.pick("<!---->", "<!-- x -->"))
                    .append(escaped(text.substring(middle)));
            }
            default -> xml.append(escaped(text));
        }
    }

    private StringBuilder attribute(String value, StringBuilder xml) {
        if (dice.oneIn(12) && value.length() < 200) {
            references(value, xml);
        } else {
            xml.append(escaped(value));
        }
        return xml;
    }

    /** Never between the halves of one character. */
    private static int middle(String text) {
        int middle = text.length() / 2;
        return middle > 0 && Character.isLowSurrogate(text.charAt(middle)) ? middle - 1 : middle;
    }

    private void references(String text, StringBuilder xml) {
        text.codePoints().forEach(c -> {
            switch (dice.below(3)) {
                case 0 -> xml.append("&#x").append(Integer.toHexString(c)).append(';');
                case 1 -> xml.append("&#").append(c).append(';');
                default -> xml.append(escaped(Character.toString(c)));
            }
        });
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
            .replace("'", "&apos;");
    }
}
