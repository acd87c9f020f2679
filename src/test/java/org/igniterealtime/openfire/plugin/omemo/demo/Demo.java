package org.igniterealtime.openfire.plugin.omemo.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Isolated;

/**
 * What {@code mvn -Pdemo} shows: a real Openfire that loads the packaged plugin, the main job played by real clients, a
 * console with something on every page, and a server that keeps running for a person to try. With {@code -Ddemo.exit=true} it ends after the table.
 */
public final class Demo {

    private Demo() {
    }

    /** Runs the demo with the plugin's classes off the class path, so that only those in the jar can be loaded. */
    public static void main(String[] args) throws Exception {
        Isolated.main(Play.class.getName());
    }

    /** The demo itself. */
    public static final class Play {

        private Play() {
        }

        public static void main(String[] args) throws Exception {
            EmbeddedOpenfire server = EmbeddedOpenfire.start();
            server.plugins().install(Path.of(System.getProperty("plugin.jar")));
            List<Step> steps = new ArrayList<>(MainJob.play(server));
            InventedHistory.write();
            Population.settle(server);
            steps.addAll(ConsoleTour.take(server));
            print(steps);
            long failed = steps.stream().filter(step -> !step.passed()).count();
            boolean exit = Boolean.getBoolean("demo.exit");
            if (!exit) {
                invite(server);
            }
            System.out.println((steps.size() - failed) + " passed, " + failed + " failed");
            if (exit) {
                server.stop();
                System.out.flush();
                // Not exit: Maven, in whose process this runs, would print behind the last line.
                Runtime.getRuntime().halt(failed == 0 ? 0 : 1);
            }
            Thread.currentThread().join();
        }

        private static void print(List<Step> steps) {
            String line = "%-4s  %-90s  %-42s  %s%n";
            System.out.printf("%n" + line, "", "step", "expected", "seen");
            for (Step step : steps) {
                System.out.printf(line, step.passed() ? "ok" : "FAIL", step.what(), step.expected(), step.seen());
            }
            System.out.println();
        }

        private static void invite(EmbeddedOpenfire server) {
            System.out.printf("""
                The server keeps running until Ctrl-C. To try it with a client of your own:
                  address     127.0.0.1, port %d, without TLS
                  accounts    %s at %s, password %s
                  room        board@%s, members only, policy: %s
                  console     http://127.0.0.1:%d/login.jsp, account admin, password %s
                              What is on its pages was done by the clients of this demo. Invented are only the counts of the
                              overview's charts before this hour: nobody waits a year for a demo.
                  echo bot    '%s' is in the room: write to it there, or to %s@omemo-bots.%s, with OMEMO 0.4 or 0.8+
                              (such as Kaidan, or Converse 14), and it answers with what it read
                  self-test   as admin, password %s: the command "OMEMO: self-test" of the server

                """, server.c2sPort(), String.join(", ", MainJob.MEMBERS), server.domain(), MainJob.PASSWORD,
                server.mucDomain(), server.property("plugin.omemo.policy.room.board@" + server.mucDomain()),
                server.adminPort(), MainJob.BOT, MainJob.BOT, server.domain(), EmbeddedOpenfire.ADMIN_PASSWORD);
        }
    }
}
