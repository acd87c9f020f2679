package org.igniterealtime.openfire.plugin.omemo.architecture.planted.core;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

public class IsHandedEverything {
    private final ConcurrentHashMap<Instant, ByteArrayOutputStream> memory = new ConcurrentHashMap<>();

    Instant handed(Clock clock, SecureRandom random, byte[] target) {
        random.nextBytes(target);
        memory.put(clock.instant(), new ByteArrayOutputStream());
        return Instant.now(clock);
    }
}
