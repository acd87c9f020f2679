package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;

class HsqldbStatisticsTest extends StatisticsTests {

    HsqldbStatisticsTest() {
        super(TestDatabases.HSQLDB);
    }
}
