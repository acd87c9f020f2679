package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * How much an {@code <encrypted>} may hold before it is refused, whatever its content.
 *
 * @param maxKeys         keys in all, over all recipients
 * @param maxPayloadBytes bytes of the payload, decoded
 */
public record EncryptedLimits(int maxKeys, int maxPayloadBytes) {

    /** 2,000 keys, far above the largest room in use, and 256 KiB, the size at which many servers cut off a stanza. */
    public static final EncryptedLimits DEFAULT = new EncryptedLimits(2_000, 256 * 1024);

    /** @throws IllegalArgumentException if a limit is not positive */
    public EncryptedLimits {
        Check.that(maxKeys > 0 && maxPayloadBytes > 0, "limits are positive");
    }
}
