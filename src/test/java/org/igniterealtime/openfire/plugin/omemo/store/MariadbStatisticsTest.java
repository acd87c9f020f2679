package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;

class MariadbStatisticsTest extends StatisticsTests {

    MariadbStatisticsTest() {
        super(TestDatabases.MARIADB);
    }
}
