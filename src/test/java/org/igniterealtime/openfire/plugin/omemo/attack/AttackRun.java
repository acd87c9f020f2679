package org.igniterealtime.openfire.plugin.omemo.attack;

import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Isolated;

/** {@code mvn -Pattack}: a million hostile stanzas, or as many as {@code attack.size} says. */
public final class AttackRun {

    private AttackRun() {
    }

    /** Runs it with the plugin's classes off the class path, so that only those in the jar can be loaded. */
    public static void main(String[] args) throws Exception {
        Isolated.main(Play.class.getName());
    }

    /** The run itself. */
    public static final class Play {

        private Play() {
        }

        public static void main(String[] args) throws Exception {
            String seed = System.getProperty("attack.seed", "");
            AttackReport report;
            try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().property("xmpp.socket.tcp-nodelay", "true").start()) {
                server.plugins().install(Path.of(System.getProperty("plugin.jar")));
                report = new Attack(server, seed.isEmpty() ? System.currentTimeMillis() : Long.parseLong(seed),
                    Integer.getInteger("attack.size")).run();
            }
            System.out.println(report);
            // Threads of libraries may live on.
            System.exit(report.objections().isEmpty() ? 0 : 1);
        }
    }
}
