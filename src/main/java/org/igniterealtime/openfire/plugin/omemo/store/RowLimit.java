package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/**
 * How a database is told that few rows are wanted, so that it plans for few. What it is that we speak to is asked of the
 * driver, since not all of these have a type of their own in Openfire.
 */
final class RowLimit {

    private RowLimit() {
    }

    /** The clause that ends a SELECT with ORDER BY; empty for a database that we do not know. */
    static String clause(Connection connection, int rows) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        if (product.contains("firebird") || product.contains("interbase")) {
            return " ROWS " + rows;
        }
        if (product.contains("microsoft")) {
            return " OFFSET 0 ROWS FETCH NEXT " + rows + " ROWS ONLY";
        }
        if (product.contains("oracle") || product.contains("db2")) {
            return " FETCH FIRST " + rows + " ROWS ONLY";
        }
        return product.contains("hsql") || product.contains("postgres") || product.contains("cockroach")
            || product.contains("mysql") || product.contains("mariadb") ? " LIMIT " + rows : "";
    }
}
