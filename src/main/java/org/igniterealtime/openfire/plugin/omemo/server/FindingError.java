package org.igniterealtime.openfire.plugin.omemo.server;

import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;

/** The {@code <error>} that tells what was found wrong with a stanza (POLICY.md, "Refusing"). */
final class FindingError {

    /** The namespace of the element that names the finding. */
    static final String NAMESPACE = "urn:igniterealtime:openfire:omemo:0";

    private static final Namespace STANZAS = Namespace.get("urn:ietf:params:xml:ns:xmpp-stanzas");

    private FindingError() {
    }

    /** @param text in the language of the texts */
    static Element of(Finding finding, String text, Texts texts) {
        // Stanzas have no namespace while Openfire routes them.
        Element error = DocumentHelper.createElement("error").addAttribute("type", "modify");
        error.addElement(QName.get("policy-violation", STANZAS));
        error.addElement(QName.get("text", STANZAS))
            .addAttribute(QName.get("lang", Namespace.XML_NAMESPACE), texts.language())
            .setText(text);
        error.addElement("finding", NAMESPACE).addAttribute("code", finding.code().code())
            .addAttribute("number", Integer.toString(finding.code().number()));
        return error;
    }
}
