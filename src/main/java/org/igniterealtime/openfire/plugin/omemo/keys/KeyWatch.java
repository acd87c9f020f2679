package org.igniterealtime.openfire.plugin.omemo.keys;

import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Is told when published keys change. It returns at once, and asks nothing of the directory in the meantime. */
interface KeyWatch {

    /** An account's keys have changed, are about to, or may have changed. */
    void changed(BareJid owner);

    /** Whatever was known may have changed. */
    void allChanged();
}
