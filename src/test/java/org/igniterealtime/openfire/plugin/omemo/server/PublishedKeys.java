package org.igniterealtime.openfire.plugin.omemo.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What clients publish, as text, and how they ask for it; the bundles are those of the vectors with more prekeys. */
public final class PublishedKeys {

    public static final String LEGACY = "eu.siacs.conversations.axolotl";
    public static final String OMEMO_1 = "urn:xmpp:omemo:1";
    public static final String OMEMO_2 = "urn:xmpp:omemo:2";

    public static final String MAX = field("max_items", "max") + field("access_model", "open") + field("persist_items", "true");

    private PublishedKeys() {
    }

    public static String listNode(String family) {
        return family + (family.equals(LEGACY) ? ".devicelist" : ":devices");
    }

    public static String bundleNode(String family, int device) {
        return family + (family.equals(LEGACY) ? ".bundles:" + device : ":bundles");
    }

    public static String itemOf(String family, int device) {
        return family.equals(LEGACY) ? "current" : Integer.toString(device);
    }

    public static String list(String family, int... devices) {
        String name = family.equals(LEGACY) ? "list" : "devices";
        return "<" + name + " xmlns='" + family + "'>" + Arrays.stream(devices)
            .mapToObj(device -> "<device id='" + device + "'/>").collect(Collectors.joining()) + "</" + name + ">";
    }

    /** A bundle that is in order, with 30 prekeys. */
    public static String bundle(String family) {
        return bundle(family, 0);
    }

    /** The same of others: each has keys of its own. @param number from 0 on; there are few */
    public static String bundle(String family, int number) {
        String xml = vectorBundle(family, number);
        String key = xml.replaceAll("(?s).*<(?:identityKey|ik)[^>]*>([^<]*)<.*", "$1");
        StringBuilder preKeys = new StringBuilder();
        for (int id = 1; id <= 30; id++) {
            preKeys.append(family.equals(LEGACY) ? "<preKeyPublic preKeyId='" + id + "'>" + key + "</preKeyPublic>"
                : "<pk id='" + id + "'>" + key + "</pk>");
        }
        return xml.replaceAll("(?s)<prekeys ?/>|<prekeys>.*</prekeys>", "<prekeys>" + preKeys + "</prekeys>");
    }

    private static String vectorBundle(String family, int number) {
        String file = family.equals(LEGACY) ? "legacy" : family.equals(OMEMO_1) ? "omemo1" : "omemo2";
        try (InputStream in = PublishedKeys.class.getResourceAsStream("/vectors/vectors-" + file + ".json")) {
            List<JsonNode> found = new ObjectMapper().readTree(in).findValues("bundle_xml");
            return found.get(number).asText().replace("xmlns:ns0", "xmlns").replace("ns0:", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String publish(String node, String item, String payload, String options) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + node + "'><item id='" + item + "'>"
            + payload + "</item></publish>" + (options.isEmpty() ? "" : "<publish-options>" + form("publish-options", options)
            + "</publish-options>") + "</pubsub>";
    }

    public static String items(String node, String content) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node + "'>" + content + "</items></pubsub>";
    }

    public static String configure(String node, String fields) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'><configure node='" + node + "'>"
            + form("node_config", fields) + "</configure></pubsub>";
    }

    public static String owner(String action) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>" + action + "</pubsub>";
    }

    private static String form(String type, String fields) {
        return "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>"
            + "http://jabber.org/protocol/pubsub#" + type + "</value></field>" + fields + "</x>";
    }

    public static String field(String name, String value) {
        return "<field var='pubsub#" + name + "'><value>" + value + "</value></field>";
    }
}
