package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One OMEMO node of an account as it is stored: what it is set to, and what is in it.
 *
 * @param configuration  its configuration
 * @param everyoneMayRead whether everybody may read it: it is open, and nobody is shut out of it by an affiliation
 * @param items          the payloads by the ids of their items, each as XML in the form in which it goes to the wire,
 *                       newest first: a question with a limit is answered from the beginning. An answer has the same
 *                       items the other way round, as Openfire does unless {@code xmpp.pubsub.order.descending} is set
 */
public record PublishedNode(NodeConfiguration configuration, boolean everyoneMayRead, Map<String, String> items) {

    /** What a node, a map and their entries take beside the characters, in bytes, roughly. */
    private static final int NODE_OVERHEAD = 200;
    private static final int ITEM_OVERHEAD = 150;

    public PublishedNode {
        items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
    }

    /** What it takes in memory, in bytes. Keys are ASCII, of which a string holds one character in a byte. */
    long bytes() {
        long bytes = NODE_OVERHEAD;
        for (Map.Entry<String, String> item : items.entrySet()) {
            bytes += ITEM_OVERHEAD + 2L * item.getKey().length() + bytesOf(item.getValue());
        }
        return bytes;
    }

    private static long bytesOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return 2L * text.length();
            }
        }
        return text.length();
    }
}
