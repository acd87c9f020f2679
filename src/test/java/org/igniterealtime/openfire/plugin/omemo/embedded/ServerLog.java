package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.PatternLayout;
import org.apache.log4j.spi.LoggingEvent;

/**
 * What the server says, kept in memory: its log from level INFO on, and whatever Openfire or a plugin prints to the
 * console, which stays quiet.
 */
final class ServerLog extends AppenderSkeleton {

    private final List<String> entries = new ArrayList<>();
    private PrintStream outBefore;
    private PrintStream errBefore;
    private PrintStream out;
    private PrintStream err;

    void open() {
        setLayout(new PatternLayout("%d{HH:mm:ss.SSS} %-5p [%t] %c - %m%n"));
        Logger root = Logger.getRootLogger();
        root.setLevel(Level.INFO);
        root.addAppender(this);
        // HSQLDB tells of every checkpoint.
        Logger.getLogger("hsqldb").setLevel(Level.WARN);
        outBefore = System.out;
        errBefore = System.err;
        out = new PrintStream(new Console(outBefore), true, StandardCharsets.UTF_8);
        err = new PrintStream(new Console(errBefore), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
    }

    @Override
    public void close() {
        Logger root = Logger.getRootLogger();
        root.removeAppender(this);
        root.setLevel(Level.OFF);
        // Somebody else may have put his own stream in front of ours since.
        if (System.out == out) {
            System.setOut(outBefore);
        }
        if (System.err == err) {
            System.setErr(errBefore);
        }
    }

    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    String text(int from) {
        synchronized (entries) {
            return String.join("", entries.subList(from, entries.size()));
        }
    }

    /** Waits until a text is there, for as long as tests are patient. */
    void await(int from, String text) {
        long end = System.nanoTime() + Inbox.PATIENCE.toNanos();
        synchronized (entries) {
            while (!text(from).contains(text)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("The log does not say \"" + text + "\": " + text(from));
                }
                try {
                    entries.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    List<String> stackTraces(int from) {
        synchronized (entries) {
            return entries.subList(from, entries.size()).stream()
                .filter(entry -> entry.contains("\tat "))
                .collect(Collectors.toList());
        }
    }

    @Override
    protected void append(LoggingEvent event) {
        StringBuilder entry = new StringBuilder(layout.format(event));
        String[] trace = event.getThrowableStrRep();
        if (trace != null) {
            for (String line : trace) {
                entry.append(line).append('\n');
            }
        }
        synchronized (entries) {
            entries.add(entry.toString());
            entries.notifyAll();
        }
    }

    @Override
    public boolean requiresLayout() {
        return true;
    }

    private static boolean isServer(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.startsWith("org.jivesoftware.") && !name.startsWith("org.jivesoftware.smack");
    }

    private void printed(String text) {
        synchronized (entries) {
            int last = entries.size() - 1;
            // A printed stack trace arrives line by line.
            if (last >= 0 && text.startsWith("\tat ")) {
                entries.set(last, entries.get(last) + text);
            } else {
                entries.add(text);
            }
        }
    }

    /** Sends to the log what Openfire prints, and to the former stream what anybody else does. */
    private final class Console extends OutputStream {

        private final PrintStream former;

        Console(PrintStream former) {
            this.former = former;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (StackWalker.getInstance().walk(frames -> frames.anyMatch(ServerLog::isServer))) {
                printed(new String(bytes, offset, length, StandardCharsets.UTF_8));
            } else {
                former.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            former.flush();
        }
    }
}
