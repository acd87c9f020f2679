package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Isolated;
import org.jivesoftware.openfire.user.UserManager;

/**
 * The program of a server's process: an Openfire 4.2.0 that runs until its standard input ends. Arguments are its home,
 * the plugin's jar or {@code -}, the password of the accounts, and their names.
 */
public final class LoadServer {

    private LoadServer() {
    }

    /** Runs the server with the plugin's classes off the class path, so that only those in the jar can be loaded. */
    public static void main(String[] args) throws Exception {
        Isolated.main(Play.class.getName(), args);
        // Threads of libraries may live on.
        System.exit(0);
    }

    /** The server itself. */
    public static final class Play {

        private Play() {
        }

        public static void main(String[] args) throws Exception {
            // The server takes System.out for itself.
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
            // Otherwise the last reply of each burst waits up to 40 ms for an acknowledgement (Nagle's algorithm).
            try (EmbeddedOpenfire server = EmbeddedOpenfire.builder().home(Path.of(args[0]))
                .property("xmpp.socket.tcp-nodelay", "true").start()) {
                if (!args[1].equals("-")) {
                    server.plugins().ensureInstalled(Path.of(args[1]));
                }
                for (int i = 3; i < args.length; i++) {
                    if (!UserManager.getInstance().isRegisteredUser(args[i])) {
                        server.createUser(args[i], args[2]);
                    }
                }
                out.println(server.c2sPort() + " " + server.domain());
                while (System.in.read() >= 0) {
                    // Nothing is asked of it but to end.
                }
                server.stackTraces().forEach(out::println);
            }
        }
    }
}
