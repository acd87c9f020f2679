package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;

class PostgresqlStatisticsTest extends StatisticsTests {

    PostgresqlStatisticsTest() {
        super(TestDatabases.POSTGRESQL);
    }
}
