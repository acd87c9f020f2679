package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;

/**
 * A store in one file, for as long as it is open kept in memory as well. Every change replaces the file as a whole, so
 * that there is always the old one or the new one, whatever happens: about 0.5 KB for each session, and 70 bytes for each
 * message that has not arrived.
 *
 * <p>The file holds private keys <em>in the clear</em>. Nothing but its permissions protects it: it belongs to its owner
 * alone, where the file system knows owners. Beside it stand a file that locks it ({@code .lock}) and, while it is
 * written, its successor ({@code .new}).
 */
public final class FileStore extends InMemoryStore implements AutoCloseable {

    private final Path file;
    private final Path successor;
    private final StoreLock lock;

    private FileStore(Path file, StoreLock lock) {
        this.file = file;
        this.successor = beside(file, ".new");
        this.lock = lock;
    }

    /**
     * Opens a store. A file that is missing is written with the first change; its folder has to be there. A link is
     * followed, and has to lead to a file.
     *
     * @throws StoreFileException if the file cannot be used
     * @throws IOException if it cannot be read
     */
    public static FileStore open(Path path) throws IOException {
        Path file = Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? path.toRealPath() : path.toAbsolutePath().getParent().toRealPath().resolve(path.getFileName());
        StoreLock lock = StoreLock.acquire(beside(file, ".lock"));
        try {
            FileStore store = new FileStore(file, lock);
            if (!Files.notExists(file)) {
                StoreFileFormat.read(Files.readAllBytes(file), store);
            }
            Files.deleteIfExists(store.successor);
            return store;
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Replaces the file.
     *
     * @throws UncheckedIOException if it cannot be written: it is as it was
     * @throws IllegalStateException if the store is closed
     */
    @Override
    protected void makeLast() {
        if (!lock.isHeld()) {
            throw new IllegalStateException("the store is closed");
        }
        try {
            write(StoreFileFormat.write(this));
            Files.move(successor, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            UncheckedIOException failure = new UncheckedIOException(e);
            deleteSuccessor(failure);
            throw failure;
        }
        forceFolder();
    }

    private void write(byte[] bytes) throws IOException {
        Files.deleteIfExists(successor);
        try (FileChannel channel = FileChannel.open(successor,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(successor))) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** What was written of it holds keys, too. */
    private void deleteSuccessor(UncheckedIOException failure) {
        try {
            Files.deleteIfExists(successor);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException ignored) {
            // Not every system lets a folder be opened. The file is replaced, hurried to the disk or not.
        }
    }

    /** The permissions of a new file, where there are such. */
    static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
            : new FileAttribute<?>[0];
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Gives the file free. The store is not to be used any longer. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
