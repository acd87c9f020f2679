package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * For whom one message to a room can be encrypted, as it stands at the moment of the first question. The judge asks only what a
 * policy's {@link Checks} need.
 */
public interface Audience {

    /**
     * The accounts that belong to the room: owners, admins, members, users of groups one by one, and whoever is inside; as
     * they were within the last second.
     *
     * @return empty when it is too many to tell, or there is no such room
     * @throws IllegalStateException when the room cannot be asked
     */
    Optional<Set<BareJid>> people();

    /** The same, as it is now. */
    Optional<Set<BareJid>> peopleNow();

    /**
     * The devices on an account's list. One that was published before the call is among them.
     *
     * @return empty when that is not known, as with accounts of other servers whose lists have not passed here
     * @throws IllegalStateException when it should be known, but cannot be read
     */
    Optional<Set<Integer>> listed(BareJid account, Family family);

    /** Whether a device was on the list until so recently that a sender need not know. */
    boolean wasListedLately(BareJid account, Family family, int device);

    /**
     * Whom a message leaves out: active devices in the room, the sender's own others among them, for which it has no key.
     * Of an account whose devices are not known, none is left out.
     *
     * @param accepted what the message carries, each of another family
     */
    Shortfall leftOut(List<Encrypted> accepted);

    /**
     * What is missing in a message.
     *
     * @param members those of whom a device is left out
     * @param devices how many devices are
     */
    record Shortfall(List<BareJid> members, int devices) {
    }
}
