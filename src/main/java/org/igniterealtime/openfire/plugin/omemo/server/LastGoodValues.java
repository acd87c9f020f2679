package org.igniterealtime.openfire.plugin.omemo.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jivesoftware.util.JiveGlobals;

/**
 * The last readable value of every policy's property, kept in properties of their own so that it outlives a restart.
 * Their names are digests, because a property's name holds no more than 100 characters; the value tells which is which.
 */
final class LastGoodValues {

    private static final String PREFIX = "plugin.omemo.lastgood.";
    private static final int DIGEST_BYTES = 16;

    /** The last good value of a property. */
    Optional<String> of(String name) {
        return Optional.ofNullable(JiveGlobals.getProperty(keeper(name)))
            .filter(kept -> kept.startsWith(name + '='))
            .map(kept -> kept.substring(name.length() + 1));
    }

    void remember(String name, String value) {
        if (!of(name).equals(Optional.of(value))) {
            JiveGlobals.setProperty(keeper(name), name + '=' + value);
        }
    }

    void forget(String name) {
        JiveGlobals.deleteProperty(keeper(name));
    }

    /** Forgets the values of properties that were deleted while nobody was looking. */
    void forgetAllBut(Set<String> names) {
        Set<String> keepers = names.stream().map(LastGoodValues::keeper).collect(Collectors.toSet());
        List<String> properties = JiveGlobals.getPropertyNames();
        properties.stream().filter(name -> name.startsWith(PREFIX) && !keepers.contains(name)).toList()
            .forEach(JiveGlobals::deleteProperty);
    }

    private static String keeper(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
