package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads keys before anybody asks for them, when the plugin has started: after a restart of the server all clients come
 * back at once and ask for the keys of all their rooms. It reads one account after the other, those that published last
 * first, and leaves half of the directory's memory to what is asked for.
 */
final class KeysAhead {

    /** How many accounts at most. */
    static final int MOST = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(KeysAhead.class);

    private final KeyDirectory directory;
    private final Thread thread;

    /** @param owners the accounts in question */
    KeysAhead(KeyDirectory directory, Supplier<List<BareJid>> owners) {
        this.directory = directory;
        thread = new Thread(() -> read(owners), "omemo-keys-ahead");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What is being read is not waited for. */
    void stop() {
        thread.interrupt();
    }

    private void read(Supplier<List<BareJid>> owners) {
        try {
            for (BareJid owner : owners.get()) {
                if (Thread.currentThread().isInterrupted() || !directory.hasRoom()) {
                    return;
                }
                directory.read(owner).get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // Whoever asks is told; here it can wait until somebody does.
            LOG.info("Keys are not read ahead any further: {}", e.toString());
        }
    }
}
