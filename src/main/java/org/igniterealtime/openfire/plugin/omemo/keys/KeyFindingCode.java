package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Locale;

/** What can be wrong with the stored keys of an account. The codes are stable. */
public enum KeyFindingCode {

    /** A node forgets its items, or has no room for all of them. */
    WRONG_CONFIGURATION,
    /** Not everybody may read a node. Its owner may have asked for that; nobody can tell. */
    CLOSED_NODE,
    /** What is in the node of the device list is no device list, or not in the only item in which it belongs. */
    FAULTY_LIST,
    /** What stands in place of a bundle is none, or nobody can begin a session with it. */
    FAULTY_BUNDLE,
    /** A bundle is in order but for the number of its prekeys. */
    FEW_PREKEYS,
    /** Others are told of a device that they cannot write to. */
    DEVICE_WITHOUT_BUNDLE,
    /** A device has not published anything for long. Whether it was in use since is not known. */
    SILENT_DEVICE,
    /** A device was neither seen nor did it publish for long, or it was listed without a bundle for long. */
    DEAD_DEVICE,
    /** Nobody is told of the device to which a bundle belongs. */
    BUNDLE_WITHOUT_DEVICE,
    /** The same for long, beside a list that is in order. */
    ABANDONED_BUNDLE;

    /** The code in its written form, such as {@code dead-device}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
