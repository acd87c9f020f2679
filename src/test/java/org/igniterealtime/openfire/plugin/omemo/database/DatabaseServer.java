package org.igniterealtime.openfire.plugin.omemo.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A database server on 127.0.0.1 that ends with this JVM, with a folder of its own. PostgreSQL refuses to run as root, so
 * that root starts servers as nobody.
 */
final class DatabaseServer {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final boolean IS_ROOT = System.getProperty("user.name").equals("root");

    private final Path folder;
    private final int port;

    private DatabaseServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** A server yet to be started, in a new folder that is deleted in the end. */
    static DatabaseServer inNewFolder(String name) throws IOException {
        Path folder = Files.createTempDirectory("omemo-" + name);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new DatabaseServer(folder, socket.getLocalPort());
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** Lets the user that servers run as own everything in the folder. */
    void handOver() throws IOException {
        if (!IS_ROOT) {
            return;
        }
        UserPrincipal nobody = FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setOwner(file, nobody);
            }
        }
    }

    /** Runs a command to its end. */
    void run(List<String> command) throws IOException {
        Process process = begin(command);
        try {
            if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("this failed: " + String.join(" ", command) + ": " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Starts the server, and waits until it answers. */
    void serve(List<String> command, String url) throws IOException {
        Process process = begin(command);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        Instant latest = Instant.now().plus(LONGEST_START);
        while (true) {
            try (Connection connection = DriverManager.getConnection(url, "root", null)) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || Instant.now().isAfter(latest)) {
                    throw new IOException("the server does not start: " + log(), e);
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    private Process begin(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (IS_ROOT) {
            whole.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("HOME", folder.toString());
        return builder.start();
    }

    private String log() throws IOException {
        String log = Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
        return log.substring(Math.max(0, log.length() - 2_000));
    }

    private static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) {
        // Hooks run side by side: the servers end meanwhile.
        for (int attempt = 0; attempt < 20 && Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                Thread.sleep(100);
            } catch (IOException | UncheckedIOException e) {
                // Something came or went; once more.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
