package org.igniterealtime.openfire.plugin.omemo.core.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.store.proto.StoredInstant;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** What the codecs of stored state have in common. */
final class Stored {

    private static final int NANOS = 1_000_000_000;

    private Stored() {
    }

    /** Reading that may find anything. */
    interface Reading<T> {
        T read() throws OmemoException, InvalidProtocolBufferException;
    }

    /** @throws OmemoException UNDECODABLE whatever is wrong with the bytes */
    static <T> T decode(Reading<T> reading) throws OmemoException {
        try {
            return reading.read();
        } catch (OmemoException | InvalidProtocolBufferException | IllegalArgumentException | DateTimeException e) {
            throw new OmemoException(Reason.UNDECODABLE);
        }
    }

    static ByteString bytes(byte[] bytes) {
        return ByteString.copyFrom(bytes);
    }

    /** Protobuf's unsigned numbers beyond 2^31-1 are none of ours. */
    static int number(int stored) {
        if (stored < 0) {
            throw new IllegalArgumentException("beyond 2^31-1");
        }
        return stored;
    }

    static StoredInstant instant(Instant time) {
        return StoredInstant.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
    }

    static Instant instant(StoredInstant stored) {
        if (stored.getNanos() < 0 || stored.getNanos() >= NANOS) {
            throw new IllegalArgumentException("more than a second");
        }
        return Instant.ofEpochSecond(stored.getSeconds(), stored.getNanos());
    }

    static BareJid jid(String stored) {
        return BareJid.of(stored).orElseThrow(() -> new IllegalArgumentException("no JID"));
    }

    /** A field that may be missing. */
    static <M, T> Optional<T> optional(M message, Predicate<M> has, Reader<M, T> value)
            throws OmemoException, InvalidProtocolBufferException {
        return has.test(message) ? Optional.of(value.read(message)) : Optional.empty();
    }

    /** Reads a field. */
    interface Reader<M, T> {
        T read(M message) throws OmemoException, InvalidProtocolBufferException;
    }
}
