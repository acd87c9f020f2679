package org.igniterealtime.openfire.plugin.omemo.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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

    private final Map<String, String> values = new HashMap<>();

    /** The last good value of a property. */
    Optional<String> of(String name) {
        return Optional.ofNullable(values.computeIfAbsent(name, LastGoodValues::stored));
    }

    private static String stored(String name) {
        String kept = JiveGlobals.getProperty(keeper(name));
        return kept != null && kept.startsWith(name + '=') ? kept.substring(name.length() + 1) : null;
    }

    void remember(String name, String value) {
        if (!value.equals(of(name).orElse(null))) {
            values.put(name, value);
            store(name, value);
        }
    }

    void forget(String name) {
        values.remove(name);
        JiveGlobals.deleteProperty(keeper(name));
    }

    /** Stores again what was deleted along with something else. */
    void restore() {
        values.forEach((name, value) -> {
            if (stored(name) == null) {
                store(name, value);
            }
        });
    }

    private static void store(String name, String value) {
        JiveGlobals.setProperty(keeper(name), name + '=' + value);
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
