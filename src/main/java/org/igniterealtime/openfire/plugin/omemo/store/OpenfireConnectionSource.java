package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jivesoftware.database.DbConnectionManager;

/** Connections to Openfire's database. */
public final class OpenfireConnectionSource implements ConnectionSource {

    @Override
    public Connection open() throws SQLException {
        return DbConnectionManager.getConnection();
    }
}
