package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Optional;

/**
 * A {@code <device>} of a device list.
 *
 * @param id             the device id
 * @param label          what its user calls it: at most 256 code points, no control characters; never legacy
 * @param labelSignature 64 bytes, the identity key's signature over the label (0.9, section "Announcing support"): a
 *                       label without one is to be ignored there
 */
public record Device(int id, Optional<String> label, Optional<Base64Text> labelSignature) {

    /** The XEP recommends less than 53 code points; this is where a label stops to be one. */
    public static final int MAX_LABEL_CODE_POINTS = 256;

    /** @throws IllegalArgumentException if a value is out of bounds, or a signature has no label */
    public Device {
        Check.deviceId(id);
        label.ifPresent(text -> {
            Check.that(codePoints(text) <= MAX_LABEL_CODE_POINTS, "a label has at most 256 code points");
            Check.that(!hasControls(text), "a label has no control characters");
        });
        int bytes = SignedPreKey.SIGNATURE_BYTES;
        labelSignature.ifPresent(data -> Check.length(data, bytes, bytes));
        Check.that(label.isPresent() || labelSignature.isEmpty(), "a signature has a label");
    }

    static int codePoints(String label) {
        return label.codePointCount(0, label.length());
    }

    static boolean hasControls(String label) {
        return label.chars().anyMatch(Character::isISOControl);
    }
}
