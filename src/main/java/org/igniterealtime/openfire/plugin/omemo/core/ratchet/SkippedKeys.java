package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.MessageKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;

/**
 * MKSKIPPED of the Double Ratchet (section 3.1): the keys of messages that have not arrived, at most
 * {@value #MAX_SKIP} for a session. The oldest makes room for the newest. Immutable.
 */
public final class SkippedKeys {

    /** MAX_SKIP: how many are kept, and how many one message may add. */
    public static final int MAX_SKIP = 1000;

    static final SkippedKeys NONE = new SkippedKeys(new LinkedHashMap<>());

    /** The place of a message: its chain and its number in it. */
    private record Place(RatchetKey ratchetKey, int number) {
    }

    /**
     * The key of one message that has not arrived.
     *
     * @param ratchetKey the ratchet key in its header
     * @param number N in its header
     */
    public record Entry(RatchetKey ratchetKey, int number, MessageKey messageKey) {
    }

    private final Map<Place, MessageKey> keys;

    private SkippedKeys(Map<Place, MessageKey> keys) {
        this.keys = keys;
    }

    /** @param entries the oldest first; of more than {@value #MAX_SKIP} the last are kept */
    public static SkippedKeys of(List<Entry> entries) {
        return NONE.plus(entries);
    }

    /** The oldest first. */
    public List<Entry> entries() {
        return keys.entrySet().stream()
            .map(entry -> new Entry(entry.getKey().ratchetKey(), entry.getKey().number(), entry.getValue()))
            .toList();
    }

    /** Refuses a message that leaves out more than the bound, before any work is done for it. */
    static void requireBound(long leftOut) throws OmemoException {
        if (leftOut > MAX_SKIP) {
            throw new OmemoException(Reason.TOO_MANY_SKIPPED);
        }
    }

    Optional<MessageKey> find(Header header) {
        return Optional.ofNullable(keys.get(place(header)));
    }

    SkippedKeys without(Header header) {
        Map<Place, MessageKey> rest = new LinkedHashMap<>(keys);
        rest.remove(place(header));
        return new SkippedKeys(rest);
    }

    SkippedKeys plus(List<Entry> entries) {
        if (entries.isEmpty()) {
            return this;
        }
        Map<Place, MessageKey> all = new LinkedHashMap<>(keys);
        for (Entry entry : entries) {
            all.put(new Place(entry.ratchetKey(), entry.number()), entry.messageKey());
        }
        var oldest = all.keySet().iterator();
        for (int surplus = all.size() - MAX_SKIP; surplus > 0; surplus--) {
            oldest.next();
            oldest.remove();
        }
        return new SkippedKeys(all);
    }

    private static Place place(Header header) {
        return new Place(header.ratchetKey(), header.number());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SkippedKeys skipped && entries().equals(skipped.entries());
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return "SkippedKeys[" + keys.size() + ']';
    }
}
