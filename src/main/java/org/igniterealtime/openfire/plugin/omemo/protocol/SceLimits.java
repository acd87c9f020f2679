package org.igniterealtime.openfire.plugin.omemo.protocol;

/**
 * How much a decrypted payload may hold before it is refused, whatever its content.
 *
 * @param maxBytes    bytes of it all
 * @param maxDepth    levels of a content element, itself included
 * @param maxElements content elements and all that they hold
 */
public record SceLimits(int maxBytes, int maxDepth, int maxElements) {

    /** 256 KiB, as much as {@link EncryptedLimits#DEFAULT} lets in, 64 levels and 10,000 elements. */
    public static final SceLimits DEFAULT = new SceLimits(256 * 1024, 64, 10_000);

    /** @throws IllegalArgumentException if a limit is not positive, or so large that its multiples overflow */
    public SceLimits {
        Check.that(maxBytes > 0 && maxDepth > 0 && maxElements > 0, "limits are positive");
        Check.that(maxBytes <= 1 << 26, "64 MiB is enough");
    }
}
