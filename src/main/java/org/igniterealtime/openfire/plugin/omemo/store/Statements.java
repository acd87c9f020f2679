package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Statements with parameters in their order: texts, 32-bit and 64-bit numbers; null is no text or no number at all. */
final class Statements {

    private Statements() {
    }

    /** Reads one row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** No number of 64 bits. */
    static final Object NO_NUMBER = new Object();

    /** No text. */
    static final Object NO_TEXT = new Object();

    static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter == NO_NUMBER) {
                statement.setNull(i + 1, Types.BIGINT);
            } else if (parameter == NO_TEXT) {
                statement.setNull(i + 1, Types.VARCHAR);
            } else if (parameter instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else if (parameter instanceof Long number) {
                statement.setLong(i + 1, number);
            } else {
                statement.setString(i + 1, (String) parameter);
            }
        }
    }

    /** The number of rows that were changed. */
    static int change(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** The rows that are found, so many at most. */
    static <T> List<T> select(Connection connection, int most, Reading<T> reading, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setMaxRows(most);
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
                return found;
            }
        }
    }
}
