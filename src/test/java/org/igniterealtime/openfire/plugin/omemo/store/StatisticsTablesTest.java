package org.igniterealtime.openfire.plugin.omemo.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.igniterealtime.openfire.plugin.omemo.database.TestDatabase;
import org.igniterealtime.openfire.plugin.omemo.database.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsTablesTest {

    @ParameterizedTest
    @EnumSource
    void probe(TestDatabases type) throws Exception {
        try (TestDatabase database = type.create()) {
            assertThat(database.select("SELECT version FROM ofVersion")).containsExactly("1");
        }
    }
}
