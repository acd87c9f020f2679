package org.igniterealtime.openfire.plugin.omemo.admin;

/** A string of JSON (RFC 8259, section 7). What a browser could take for markup is escaped, too. */
final class JsonText {

    private JsonText() {
    }

    /** With its quotation marks. */
    static String of(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7F && "\"\\<>&'".indexOf(c) < 0;
            json.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return json.append('"').toString();
    }
}
