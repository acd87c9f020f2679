package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Optional;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.ElementText;

/** The payload of an item as it is stored, which need not be anything that was ever published. */
final class StoredItem {

    /** As much as Openfire lets a client's stream carry at once. */
    private static final int MOST_CHARACTERS = 1024 * 1024;

    private StoredItem() {
    }

    static boolean isTooLarge(String xml) {
        return xml.length() > MOST_CHARACTERS;
    }

    /** The element, if it is one and not too large. */
    static Optional<Element> element(String xml) {
        if (isTooLarge(xml) || !ElementText.standsAlone(xml)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DocumentHelper.parseText(xml).getRootElement());
        } catch (DocumentException e) {
            return Optional.empty();
        }
    }
}
