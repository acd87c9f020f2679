package org.igniterealtime.openfire.plugin.omemo.server;

import org.jivesoftware.openfire.user.DefaultUserProvider;

/** A user store as a directory of a company is one. */
public final class ReadOnlyUsers extends DefaultUserProvider {

    @Override
    public boolean isReadOnly() {
        return true;
    }
}
