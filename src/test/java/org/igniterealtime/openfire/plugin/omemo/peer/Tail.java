package org.igniterealtime.openfire.plugin.omemo.peer;

import java.io.IOException;
import java.io.Reader;

/** The last of what a stream has said, at most 10,000 characters. */
final class Tail {

    private static final int LENGTH = 10_000;

    private final StringBuilder text = new StringBuilder();

    private Tail() {
    }

    /** Reads in a thread of its own until the stream ends. */
    static Tail of(Reader reader) {
        Tail tail = new Tail();
        Thread thread = new Thread(() -> tail.readAll(reader), "error output of a peer");
        thread.setDaemon(true);
        thread.start();
        return tail;
    }

    private void readAll(Reader reader) {
        char[] buffer = new char[4096];
        try (reader) {
            for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
                add(buffer, length);
            }
        } catch (IOException e) {
            // The process has been ended.
        }
    }

    private synchronized void add(char[] buffer, int length) {
        text.append(buffer, 0, length);
        text.delete(0, Math.max(0, text.length() - LENGTH));
    }

    synchronized String text() {
        return text.toString();
    }
}
