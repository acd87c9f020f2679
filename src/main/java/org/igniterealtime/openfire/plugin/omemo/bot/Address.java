package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * A JID (RFC 7622).
 *
 * @param bare the account, the room or the domain
 * @param resource the session, or the nickname in a room; empty if it names none
 */
public record Address(BareJid bare, String resource) {

    private static final int MOST_BYTES = 1023;

    /** Reads one; empty if it is none, or missing. */
    public static Optional<Address> of(String text) {
        if (text == null) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String resource = slash < 0 ? "" : text.substring(slash + 1);
        return resource.length() > MOST_BYTES ? Optional.empty()
            : BareJid.of(slash < 0 ? text : text.substring(0, slash)).map(bare -> new Address(bare, resource));
    }

    /** Whether it names a session or an occupant. */
    public boolean isFull() {
        return !resource.isEmpty();
    }

    @Override
    public String toString() {
        return isFull() ? bare + "/" + resource : bare.toString();
    }
}
