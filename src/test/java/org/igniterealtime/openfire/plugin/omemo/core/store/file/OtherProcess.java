package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** A process that uses a store and says what comes of it. */
final class OtherProcess {

    static final BareJid ACCOUNT = BareJid.of("carol@example.org").orElseThrow();

    private static final int MOST_BLOCKS = 64;

    private OtherProcess() {
    }

    /** What comes of opening the file: a reason why not, or "opened". */
    static String opens(Path file) throws IOException {
        return lastWord(start("opens", file));
    }

    /** Adds devices until the file has become too large for the limits of the process; how many are left in memory. */
    static String fills(Path file) throws IOException {
        return lastWord(start("fills", file, "sh", "-c", "ulimit -f " + MOST_BLOCKS + "; exec \"$0\" \"$@\""));
    }

    /** Counts in the store and says how far it has come, until it is killed. */
    static Process counts(Path file) throws IOException {
        return start("counts", file);
    }

    /** How far it has come. */
    static int count(FileStore store) {
        return store.devices(ACCOUNT).getOrDefault(1, DeviceRecord.UNKNOWN).unheard();
    }

    private static Process start(String what, Path file, String... within) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(within));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), what,
            file.toString()));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String lastWord(Process process) throws IOException {
        String word = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.onExit().join().exitValue()).isZero();
        return word;
    }

    public static void main(String[] args) throws IOException {
        try (FileStore store = FileStore.open(Path.of(args[1]))) {
            switch (args[0]) {
                case "counts" -> countOn(store);
                case "fills" -> fill(store);
                default -> System.out.println("opened");
            }
        } catch (StoreFileException e) {
            System.out.println(e.reason());
        }
    }

    private static void countOn(FileStore store) {
        for (int next = count(store) + 1; ; next++) {
            add(store, 1, next);
            System.out.println(next);
        }
    }

    private static void fill(FileStore store) {
        try {
            for (int id = 1; ; id++) {
                add(store, id, 0);
            }
        } catch (UncheckedIOException e) {
            System.out.println(store.devices(ACCOUNT).size());
        }
    }

    private static void add(FileStore store, int id, int unheard) {
        store.atomically(() -> {
            store.storeDevice(new DeviceAddress(ACCOUNT, id), new DeviceRecord(true, Optional.empty(), Optional.empty(),
                Optional.of(Instant.EPOCH), Optional.empty(), unheard, List.of()));
            return id;
        });
    }
}
