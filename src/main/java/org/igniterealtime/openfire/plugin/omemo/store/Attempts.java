package org.igniterealtime.openfire.plugin.omemo.store;

import java.sql.SQLException;

/** Transactions that are begun anew when another node of the cluster came between: it added the row that we were to add. */
final class Attempts {

    private static final int MOST = 3;

    private Attempts() {
    }

    /** @throws SQLException what the last attempt failed with */
    static <T> T run(ConnectionSource source, Transaction.Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Transaction.run(source, work);
            } catch (Transaction.UndecidedException e) {
                throw e;
            } catch (SQLException e) {
                if (attempt == MOST) {
                    throw e;
                }
            }
        }
    }
}
