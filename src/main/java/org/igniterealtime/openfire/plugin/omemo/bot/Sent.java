package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.session.LeftOut;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** What became of a message that a client was to send. */
public sealed interface Sent {

    /** Who cannot read it, or could not have read it, by family. */
    Map<Family, LeftOut> leftOut();

    /**
     * It is on its way.
     *
     * @param id of the stanza
     * @param reached the accounts of which a device can read it
     * @param leftOut who cannot read it, by family; a device may be left out in one and reached in the other
     */
    record Out(String id, Set<BareJid> reached, Map<Family, LeftOut> leftOut) implements Sent {

        public Out {
            reached = Set.copyOf(reached);
            leftOut = Map.copyOf(leftOut);
        }
    }

    /**
     * It was not sent.
     *
     * @param why a word for the cause, such as {@code nobody-to-read}
     * @param leftOut who could not have read it
     */
    record Not(String why, Map<Family, LeftOut> leftOut) implements Sent {

        public Not {
            leftOut = Map.copyOf(leftOut);
        }
    }
}
