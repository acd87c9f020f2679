package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Locale;
import java.util.Optional;

/** Who sent a stanza to a room, as far as a verdict may rest on it. */
public interface Sender {

    /** The bare JID, as the server knows it. */
    String bareJid();

    /** The domain of the JID. */
    String domain();

    /** The language in which texts for this sender are written. */
    Locale language();

    /**
     * What the room says of the sender, read from the room at the moment of the call. The judge asks only when its
     * verdict rests on the answer, so that a message in order costs no look at the room, and no verdict is ever built
     * on a remembered fact.
     *
     * @return empty when the sender is not in the room, or there is no such room
     */
    Optional<Occupant> occupant();
}
