package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.ProviderException;
import java.util.Arrays;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.StoreSnapshot;
import org.igniterealtime.openfire.plugin.omemo.core.store.file.StoreFileException.Reason;

/**
 * The bytes of the file: "OMEMO" and a zero byte, the version in 2 bytes, the SHA-256 of the rest in 32, the snapshot. The
 * checksum finds accidents, not attackers: who can write the file can write the checksum.
 */
final class StoreFileFormat {

    static final short VERSION = 1;

    private static final byte[] MAGIC = "OMEMO\0".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_SIZE = 32;
    private static final int VERSION_END = MAGIC.length + Short.BYTES;
    private static final int HEADER_SIZE = VERSION_END + CHECKSUM_SIZE;

    private StoreFileFormat() {
    }

    static byte[] write(InMemoryStore store) {
        byte[] snapshot = StoreSnapshot.of(store);
        return ByteBuffer.allocate(HEADER_SIZE + snapshot.length)
            .put(MAGIC).putShort(VERSION).put(checksum(snapshot)).put(snapshot).array();
    }

    static void read(byte[] bytes, InMemoryStore store) throws StoreFileException {
        if (bytes.length < VERSION_END || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new StoreFileException(Reason.CORRUPT);
        }
        int version = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(MAGIC.length));
        if (version > VERSION) {
            throw new StoreFileException(Reason.NEWER_VERSION);
        }
        if (version < VERSION || bytes.length < HEADER_SIZE) {
            throw new StoreFileException(Reason.CORRUPT);
        }
        byte[] snapshot = Arrays.copyOfRange(bytes, HEADER_SIZE, bytes.length);
        if (!Arrays.equals(checksum(snapshot), Arrays.copyOfRange(bytes, VERSION_END, HEADER_SIZE))) {
            throw new StoreFileException(Reason.CORRUPT);
        }
        try {
            StoreSnapshot.restore(snapshot, store);
        } catch (OmemoException e) {
            throw new StoreFileException(Reason.CORRUPT);
        }
    }

    private static byte[] checksum(byte[] snapshot) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(snapshot);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException("every JDK has SHA-256", e);
        }
    }
}
