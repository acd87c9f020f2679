package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers that start and stop, each with classes of its own, beside the one that the other tests share. */
@ExtendWith(OpenfireExtension.class)
class EmbeddedOpenfireLifecycleIT {

    private static final String JAR = System.getProperty("plugin.jar");

    @Test
    void stopLeavesNothing() throws Exception {
        assertThat(Isolated.call(StartAndStop.class, JAR)).isEmpty();
    }

    @Test
    void aFailedStartLeavesNothing() throws Exception {
        assertThat(Isolated.call(FailToStart.class)).isEmpty();
    }

    @Test
    void whatWasSetSurvivesARestart(@TempDir Path home, EmbeddedOpenfire shared) throws Exception {
        Isolated.call(BeforeRestart.class, home.toString(), JAR);

        assertThat(Isolated.call(AfterRestart.class, home.toString())).isEqualTo("kept; heard: still here");

        shared.createUser("lifecycle-alice", "secret");
        TestClient.login(shared, "lifecycle-alice", "secret").close();
    }

    @Test
    void anInterruptedJvmStopsItsServer() throws Exception {
        String classPath = Isolated.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", classPath, UntilKilled.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            Path home = Path.of(out.readLine());
            assertThat(home).isDirectory();

            jvm.destroy();

            assertThat(jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(home).doesNotExist();
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** What a server may change in its JVM. */
    private record Surroundings(Set<Thread> threads, PrintStream out, PrintStream err, String home, List<String> providers) {

        static Surroundings now() {
            // A thread inherits the loader. Those of the shared server, whose pools grow whenever they like, have another.
            Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
            threads.removeIf(thread -> thread.getContextClassLoader() == ClassLoader.getSystemClassLoader());
            return new Surroundings(threads, System.out, System.err, System.getProperty("openfireHome"),
                List.of(Security.getProviders()).stream().map(p -> p.getClass().getName() + p.getClass().hashCode())
                    .sorted().toList());
        }

        /** Empty if nothing is left of a server that has run in between. */
        String differences() throws InterruptedException {
            Surroundings now = now();
            now.threads.removeAll(threads);
            for (Thread ending : now.threads) {
                ending.join(10_000);
            }
            now.threads.removeIf(thread -> !thread.isAlive());
            return (now.threads.isEmpty() ? "" : "threads " + now.threads)
                + (now.out == out && now.err == err ? "" : " console")
                + (String.valueOf(home).equals(String.valueOf(now.home)) ? "" : " home property")
                + (providers.equals(now.providers) ? "" : " providers " + providers + " " + now.providers);
        }
    }

    public static final class StartAndStop implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            Surroundings before = Surroundings.now();
            try (EmbeddedOpenfire server = EmbeddedOpenfire.start()) {
                server.plugins().install(Path.of(args[0]));
                Path home = server.home();
                server.stop();
                return before.differences()
                    + (Ports.isOpen(server.c2sPort()) || Ports.isOpen(server.adminPort())
                        || Ports.isOpen(server.componentPort()) ? " port" : "")
                    + (Files.exists(home) ? " home" : "")
                    + String.join("\n", server.stackTraces());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static final class FailToStart implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            Surroundings before = Surroundings.now();
            try {
                // Everything is up when the port for components is found closed.
                EmbeddedOpenfire.builder().property("xmpp.component.socket.active", "false").start();
                return "started nevertheless";
            } catch (IllegalStateException e) {
                return leftovers(before, e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String leftovers(Surroundings before, String message) {
            try {
                // Jetty tells where the admin console lies.
                Matcher home = Pattern.compile("file:(/\\S*omemo-openfire-\\d+)/").matcher(message);
                return before.differences() + (home.find() && Files.notExists(Path.of(home.group(1))) ? "" : " home");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public static final class BeforeRestart implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(Path.of(args[0])).start()) {
                server.createUser("alice", "secret");
                server.room("lasting").persistent().membersOnly().members("alice").create();
                server.setProperty("omemo.test", "kept");
                server.plugins().install(Path.of(args[1]));
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static final class AfterRestart implements Function<String[], String> {
        @Override
        public String apply(String[] args) {
            try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(Path.of(args[0])).start();
                 TestClient alice = TestClient.login(server, "alice", "secret")) {
                server.plugins().classLoader("omemo");
                String room = "lasting@" + server.mucDomain();
                alice.joinRoom(room, "Alice");
                alice.sendToRoom(room, "still here");
                return server.property("omemo.test") + "; heard: "
                    + alice.awaitMessage(message -> message.body() != null).body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs in a JVM of its own. */
    public static final class UntilKilled {
        public static void main(String[] args) throws Exception {
            System.out.println(EmbeddedOpenfire.start().home());
            Thread.currentThread().join();
        }
    }
}
