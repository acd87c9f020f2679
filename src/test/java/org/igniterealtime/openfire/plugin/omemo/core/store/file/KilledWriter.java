package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** A process that counts in a store and says how far it has come, until it is killed. */
final class KilledWriter {

    private static final DeviceAddress ADDRESS = new DeviceAddress(BareJid.of("carol@example.org").orElseThrow(), 1);

    private KilledWriter() {
    }

    public static void main(String[] args) throws IOException {
        try (FileStore store = FileStore.open(Path.of(args[0]))) {
            while (true) {
                int next = read(store) + 1;
                store.atomically(() -> {
                    store.storeDevice(ADDRESS, record(next));
                    return next;
                });
                System.out.println(next);
            }
        }
    }

    static int read(FileStore store) {
        return store.devices(ADDRESS.jid()).getOrDefault(ADDRESS.deviceId(), DeviceRecord.UNKNOWN).unheard();
    }

    private static DeviceRecord record(int count) {
        return new DeviceRecord(true, Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH),
            Optional.empty(), count, List.of());
    }
}
