package org.igniterealtime.openfire.plugin.omemo.keys;

/** Text made fit for XML. */
public final class XmlText {

    private XmlText() {
    }

    /** As the value of an attribute in double quotes. */
    public static String attribute(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '&' || c == '<' || c == '"' || c < ' ') {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    if (c < ' ') {
                        escaped.append("&#").append((int) c).append(';');
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
