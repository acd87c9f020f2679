package org.igniterealtime.openfire.plugin.omemo.server;

import java.security.SecureRandom;
import java.util.Base64;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Secret;
import org.jivesoftware.util.JiveGlobals;

/**
 * The key under which bots are sealed in the database: 32 bytes in Base64, in a property that Openfire keeps encrypted.
 * Openfire's own key for that is in its {@code conf/security.xml}: with one that the operator has set there, a copy of the
 * database alone does not open the bots. Where none is set, Openfire takes one that stands in its sources.
 *
 * <p>Without the property all bots are lost. {@link BotProperties} sees to it that it is not deleted by accident.
 */
public final class StorageKey {

    /** The property. */
    static final String PROPERTY = "plugin.omemo.bots.key";

    private StorageKey() {
    }

    /**
     * Reads the key; makes it where there is none yet. In a cluster one node alone may do that at a time.
     *
     * @throws IllegalStateException if the property holds something else; it is left as it is
     */
    public static synchronized SealingKey read(SecureRandom random) {
        String stored = JiveGlobals.getProperty(PROPERTY);
        if (stored == null) {
            return make(random);
        }
        SealingKey key = parse(stored);
        if (!JiveGlobals.isPropertyEncrypted(PROPERTY)) {
            JiveGlobals.setPropertyEncrypted(PROPERTY, true);
        }
        return key;
    }

    private static SealingKey make(SecureRandom random) {
        byte[] bytes = new byte[Secret.SIZE];
        random.nextBytes(bytes);
        JiveGlobals.setProperty(PROPERTY, Base64.getEncoder().encodeToString(bytes), true);
        return SealingKey.of(bytes);
    }

    /** What is wrong with it is not told: it may be a key with a slip in it. */
    private static SealingKey parse(String stored) {
        try {
            return SealingKey.of(Base64.getDecoder().decode(stored));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("The property " + PROPERTY + " does not hold 32 bytes in Base64");
        }
    }
}
