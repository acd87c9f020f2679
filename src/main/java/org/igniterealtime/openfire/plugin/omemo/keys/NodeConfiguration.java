package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.LinkedHashMap;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * Those parts of a PEP node's configuration on which OMEMO depends (XEP-0384 0.4, sections 4.3 and 8; XEP-0060).
 *
 * @param accessModel as XEP-0060 calls it, such as {@code open}
 * @param persistent  whether items outlive a restart
 * @param maxItems    how many items the node keeps; less than 0 for all of them
 */
public record NodeConfiguration(String accessModel, boolean persistent, int maxItems) {

    /** A node of which nothing is right, since it does not exist. */
    public static final NodeConfiguration ABSENT = new NodeConfiguration("", false, 0);

    /** Everybody may read. */
    public static final String OPEN = "open";

    /**
     * What a node must be like: open, and persistent, with room for one item, or for every device's bundle.
     *
     * @param mostItems how many items the server can keep in a node
     */
    public static NodeConfiguration required(OmemoNode node, int mostItems) {
        boolean holdsEveryDevice = node.content() == OmemoNode.Content.BUNDLES && node.family() != Family.LEGACY;
        return new NodeConfiguration(OPEN, true, holdsEveryDevice ? mostItems : 1);
    }

    /** What a node must be like that its owner wants to be closed to some. */
    public NodeConfiguration withAccessModel(String other) {
        return new NodeConfiguration(other, persistent, maxItems);
    }

    /** Whether a node with this configuration serves where the other one is required. More items do no harm. */
    public boolean satisfies(NodeConfiguration required) {
        return differences(required).isEmpty();
    }

    /** The fields that have to change, by their name in forms, with the values that every Openfire reads alike. */
    public Map<String, String> differences(NodeConfiguration required) {
        Map<String, String> changes = new LinkedHashMap<>();
        if (!accessModel.equals(required.accessModel)) {
            changes.put(ConfigurationForm.ACCESS_MODEL, required.accessModel);
        }
        // 4.2 reads the number of items only where items are persistent, so both go together.
        if (persistent != required.persistent || maxItems >= 0 && maxItems < required.maxItems) {
            changes.put(ConfigurationForm.PERSIST_ITEMS, required.persistent ? "1" : "0");
            changes.put(ConfigurationForm.MAX_ITEMS,
                Integer.toString(maxItems < 0 ? maxItems : Math.max(maxItems, required.maxItems)));
        }
        return changes;
    }
}
