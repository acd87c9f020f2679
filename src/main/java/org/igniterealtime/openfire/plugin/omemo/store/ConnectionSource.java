package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to the database come from. */
public interface ConnectionSource {

    /**
     * A connection that commits by itself, for whoever closes it. Any thread.
     *
     * @throws SQLException if there is none to be had
     */
    Connection open() throws SQLException;
}
