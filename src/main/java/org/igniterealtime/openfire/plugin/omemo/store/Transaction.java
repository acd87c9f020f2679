package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements of which all last or none does. */
final class Transaction {

    private Transaction() {
    }

    /** What is done in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** The database did not say whether the transaction lasts. */
    static final class UndecidedException extends SQLException {

        private static final long serialVersionUID = 1;

        private UndecidedException(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }

    /**
     * Does it on a connection of its own.
     *
     * @return what the work returns, when it lasts
     * @throws UndecidedException if it may last or not
     * @throws SQLException if it failed, and nothing of it lasts; so, too, if the work throws anything else
     */
    static <T> T run(ConnectionSource source, Work<T> work) throws SQLException {
        Connection connection = source.open();
        boolean over = false;
        try {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            commit(connection);
            over = true;
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            over = rollBack(connection, e);
            throw e;
        } finally {
            giveBack(connection, over);
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new UndecidedException(e);
        }
    }

    private static boolean rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /** What happens to the connection from here on changes nothing about the transaction. */
    private static void giveBack(Connection connection, boolean over) {
        try (connection) {
            // It would commit what could not be rolled back.
            if (over) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException ignored) {
            // Pools look at their connections, and others are not used again.
        }
    }
}
