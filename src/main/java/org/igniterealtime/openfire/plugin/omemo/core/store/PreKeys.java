package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;

/**
 * The one-time prekeys of this device (X3DH, section 3.2). Immutable.
 *
 * @param published those in the bundle
 * @param kept those that were used while catching up: no longer in the bundle, but others may have used them, too
 * @param lastId the id that was given last; ids are not given twice, except after 2^31-1 of them
 */
public record PreKeys(List<PreKeyPair> published, List<PreKeyPair> kept, int lastId) {

    /** How many are kept at most; the oldest makes room for the newest. */
    public static final int MAX_KEPT = 1000;

    private static final int FIRST_ID = 1;

    public PreKeys {
        published = List.copyOf(published);
        kept = List.copyOf(kept);
    }

    /** So many new ones. */
    public static PreKeys generate(int count, SecureRandom random) {
        return new PreKeys(List.of(), List.of(), FIRST_ID - 1).refill(count, random);
    }

    /** The id after this one. 0.8 begins at 1. */
    static int idAfter(int id) {
        return id == Integer.MAX_VALUE ? FIRST_ID : id + 1;
    }

    /** As many new ones as are missing. */
    public PreKeys refill(int count, SecureRandom random) {
        List<PreKeyPair> all = new ArrayList<>(published);
        int id = lastId;
        while (all.size() < count) {
            do {
                id = idAfter(id);
            } while (find(id).isPresent());
            all.add(PreKeyPair.generate(id, random));
        }
        return new PreKeys(all, kept, id);
    }

    /** Published or kept. */
    public Optional<PreKeyPair> find(int id) {
        return find(published, id).or(() -> find(kept, id));
    }

    private static Optional<PreKeyPair> find(List<PreKeyPair> pairs, int id) {
        return pairs.stream().filter(pair -> pair.id() == id).findFirst();
    }

    /** Takes a used one out of the bundle. One that is kept stays so. */
    public PreKeys withdraw(int id, boolean keep) {
        List<PreKeyPair> nowKept = new ArrayList<>(kept);
        if (keep) {
            find(published, id).ifPresent(nowKept::add);
            nowKept.subList(0, Math.max(0, nowKept.size() - MAX_KEPT)).clear();
        }
        return new PreKeys(published.stream().filter(pair -> pair.id() != id).toList(), nowKept, lastId);
    }

    /** Forgets those that were kept. */
    public PreKeys withoutKept() {
        return new PreKeys(published, List.of(), lastId);
    }
}
