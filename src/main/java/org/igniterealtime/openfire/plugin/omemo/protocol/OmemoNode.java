package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.OptionalInt;

/**
 * A PEP node of OMEMO's, recognised by its name.
 *
 * @param family   whose node it is
 * @param content  what its items hold
 * @param deviceId the device whose bundle it holds: only in the legacy family, which has a node for each device. The
 *                 others name the device in the item's id.
 */
public record OmemoNode(Family family, Content content, OptionalInt deviceId) {

    /** What the items of a node hold. */
    public enum Content { DEVICE_LIST, BUNDLES }
}
