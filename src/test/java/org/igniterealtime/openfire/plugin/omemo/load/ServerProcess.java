package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link LoadServer} in a process of its own. It ends with this one, whatever happens. */
final class ServerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;
    private final Place place;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The server did not start");
        }
        String[] words = line.split(" ");
        place = Place.of("127.0.0.1", Integer.parseInt(words[0]), words[1]);
    }

    /**
     * Starts a server on this home, which may have been used before, and waits until its port is open.
     *
     * @param plugin   the jar to be loaded, if any
     * @param password of the accounts that are to be there
     */
    static ServerProcess start(Path home, Optional<Path> plugin, String password, List<Account> accounts)
            throws IOException {
        if (plugin.isEmpty()) {
            forgetPlugin(home.resolve("plugins"));
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g", "-cp", System.getProperty("java.class.path"), LoadServer.class.getName(), home.toString(),
            plugin.map(Path::toString).orElse("-"), password));
        accounts.forEach(account -> command.add(account.name()));
        return new ServerProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** A server that finds the plugin in its home would load it. */
    private static void forgetPlugin(Path plugins) throws IOException {
        if (Files.exists(plugins)) {
            try (Stream<Path> files = Files.walk(plugins)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    if (plugins.relativize(file).toString().startsWith("omemo")) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    Place place() {
        return place;
    }

    Processors processors() {
        return new Processors(Optional.of(process.toHandle()));
    }

    /**
     * Stops the server.
     *
     * @throws IllegalStateException if it does not end, or has logged an exception
     */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            String said = String.join("\n", out.lines().toList());
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The server does not end");
            }
            if (!said.isEmpty()) {
                throw new IllegalStateException("The server has logged: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
