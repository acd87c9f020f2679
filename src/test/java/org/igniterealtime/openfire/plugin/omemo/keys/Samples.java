package org.igniterealtime.openfire.plugin.omemo.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** Bundles of the vectors, filled up with prekeys, and device lists. */
final class Samples {

    static final int PREKEYS = 30;

    private Samples() {
    }

    static Element parse(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    static Element deviceList(Family family, int... ids) {
        Element list = DocumentHelper.createElement(
            QName.get(family == Family.LEGACY ? "list" : "devices", family.namespace()));
        for (int id : ids) {
            list.addElement(QName.get("device", family.namespace())).addAttribute("id", Integer.toString(id));
        }
        return list;
    }

    /** Each has {@link #PREKEYS} prekeys. */
    static List<Element> bundles(Family family) {
        String file = switch (family) {
            case LEGACY -> "vectors-legacy.json";
            case OMEMO_1 -> "vectors-omemo1.json";
            case OMEMO_2 -> "vectors-omemo2.json";
        };
        try (InputStream in = Samples.class.getResourceAsStream("/vectors/" + file)) {
            return new ObjectMapper().readTree(in).findValues("bundle_xml").stream().map(JsonNode::asText)
                .map(xml -> withPreKeys(family, parse(xml), PREKEYS)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same bundle with so many prekeys, numbered from 1. */
    static Element withPreKeys(Family family, Element bundle, int count) {
        boolean legacy = family == Family.LEGACY;
        QName signedPreKey = new QName(legacy ? "signedPreKeyPublic" : "spk", bundle.getNamespace());
        Element preKeys = bundle.element(new QName("prekeys", bundle.getNamespace()));
        preKeys.clearContent();
        for (int id = 1; id <= count; id++) {
            preKeys.addElement(new QName(legacy ? "preKeyPublic" : "pk", bundle.getNamespace()))
                .addAttribute(legacy ? "preKeyId" : "id", Integer.toString(id))
                .addText(bundle.element(signedPreKey).getText());
        }
        return bundle;
    }
}
