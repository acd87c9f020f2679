package org.igniterealtime.openfire.plugin.omemo.architecture.planted.core;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

public class ActsByItself {
    Clock systemClock() {
        return Clock.systemUTC();
    }

    Supplier<Instant> now() {
        return Instant::now;
    }

    long nanoTime() {
        return System.nanoTime();
    }

    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    UUID randomUuid() {
        return UUID.randomUUID();
    }

    void thread() throws InterruptedException {
        Thread.sleep(1);
    }

    ExecutorService executor() {
        return Executors.newCachedThreadPool();
    }

    boolean isCode(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    byte[] readFile() throws IOException {
        return Files.readAllBytes(Path.of("state"));
    }

    Object openFile() throws IOException {
        return new FileInputStream("state");
    }
}
