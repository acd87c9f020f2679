package org.igniterealtime.openfire.plugin.omemo.protocol;

/** An element that is there as text. */
public final class ElementText {

    private ElementText() {
    }

    /**
     * Whether a text can be put into a stream as it is: one well-formed element that declares its own namespace and those
     * of its prefixes, without a comment or anything else that XMPP does not know (RFC 6120, section 11.1), and with
     * nothing around it.
     */
    public static boolean standsAlone(String text) {
        if (text.isEmpty() || text.charAt(0) != '<' || text.charAt(text.length() - 1) != '>' || text.startsWith("<?")) {
            return false;
        }
        try {
            RestrictedXml xml = new RestrictedXml(text, "*");
            boolean declared = xml.next() == RestrictedXml.Step.START && !xml.namespace().isEmpty();
            while (declared && xml.next() != RestrictedXml.Step.DONE) {
                // What is well-formed is all that counts.
            }
            return declared;
        } catch (MalformedElementException e) {
            return false;
        }
    }
}
