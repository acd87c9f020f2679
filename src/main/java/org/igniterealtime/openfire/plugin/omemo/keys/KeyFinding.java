package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.OptionalInt;

/**
 * One thing wrong with the stored keys of an account.
 *
 * @param node   the name of the node in which it is
 * @param device the device that it is about, if it is about one
 * @param detail more for people, in English; may be empty. It quotes nothing of what was published
 */
public record KeyFinding(KeyFindingCode code, String node, OptionalInt device, String detail) {

    static KeyFinding of(KeyFindingCode code, String node, String detail) {
        return new KeyFinding(code, node, OptionalInt.empty(), detail);
    }

    static KeyFinding of(KeyFindingCode code, String node, int device, String detail) {
        return new KeyFinding(code, node, OptionalInt.of(device), detail);
    }
}
