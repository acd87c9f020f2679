package org.igniterealtime.openfire.plugin.omemo.architecture.planted.store;

import org.jivesoftware.database.DbConnectionManager;

public class OpenfireConnectionSource {
    DbConnectionManager manager;
}
