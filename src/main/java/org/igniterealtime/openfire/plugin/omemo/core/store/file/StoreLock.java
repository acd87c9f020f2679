package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.igniterealtime.openfire.plugin.omemo.core.store.file.StoreFileException.Reason;

/**
 * Keeps all other stores off a file: a lock on an empty file beside it, which ends with the process at the latest. That
 * file is never deleted, for one could have a lock on the deleted file while another has one on its successor.
 */
final class StoreLock implements Closeable {

    /**
     * The locks of this process. To find the lock taken by opening and closing its file would lose it: POSIX gives up all
     * locks that a process has on a file when the process closes it anywhere.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;

    private StoreLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws StoreFileException IN_USE if another has it */
    static StoreLock acquire(Path path) throws IOException {
        if (!HELD.add(path)) {
            throw new StoreFileException(Reason.IN_USE);
        }
        try {
            return new StoreLock(path, lock(path));
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(path);
            throw e;
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            FileStore.ownerOnly(path));
        try {
            if (channel.tryLock() == null) {
                throw new StoreFileException(Reason.IN_USE);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new StoreFileException(Reason.IN_USE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(path);
            }
        }
    }
}
