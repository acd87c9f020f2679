package org.igniterealtime.openfire.plugin.omemo.keys;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Is told what happens to published keys. It returns at once, throws nothing, and asks nothing of the directory meanwhile. */
public interface KeyWatch {

    /** An account's keys were read. */
    default void read(BareJid owner) {
    }

    /** An account's keys have changed, are about to, or may have changed. */
    default void changed(BareJid owner) {
    }

    /** Whatever was known may have changed. */
    default void allChanged() {
    }
}
