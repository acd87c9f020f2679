package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records in a map, which remember what was written last and can be told to fail. */
final class MapRecords implements Records {

    private final Map<String, byte[]> records = new HashMap<>();
    private Map<String, Optional<byte[]>> lastWrite = Map.of();
    private int writes;
    private RuntimeException failure;
    private Runnable afterWrite = () -> { };

    @Override
    public Map<String, byte[]> read() {
        return Map.copyOf(records);
    }

    @Override
    public void write(Map<String, Optional<byte[]>> changes) {
        if (failure != null) {
            throw failure;
        }
        writes++;
        lastWrite = Map.copyOf(changes);
        changes.forEach((name, bytes) -> bytes.ifPresentOrElse(
            present -> records.put(name, present), () -> records.remove(name)));
        afterWrite.run();
    }

    Map<String, Optional<byte[]>> lastWrite() {
        return lastWrite;
    }

    int writes() {
        return writes;
    }

    void put(String name, byte[] bytes) {
        records.put(name, bytes);
    }

    /** Done at the end of every write. */
    void afterWrite(Runnable look) {
        afterWrite = look;
    }

    /** Every write fails with this; with null none does. */
    void failWith(RuntimeException e) {
        failure = e;
    }
}
