package org.igniterealtime.openfire.plugin.omemo.policy;

import java.io.StringReader;
import org.dom4j.Element;
import org.dom4j.io.XMPPPacketReader;

/** Stanzas as Openfire parses them, with its own reader. */
final class Stanzas {

    private Stanzas() {
    }

    static Element parse(String xml) {
        try {
            return new XMPPPacketReader().read(new StringReader(xml)).getRootElement();
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }
}
