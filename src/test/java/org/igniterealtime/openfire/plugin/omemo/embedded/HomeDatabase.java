package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.hsqldb.jdbc.JDBCDataSource;
import org.jivesoftware.database.ConnectionProvider;
import org.jivesoftware.util.JiveGlobals;

/**
 * Gives Openfire connections to an HSQLDB in its home. Its own providers draw theirs from Proxool, which generates
 * proxies in a way that Java 17 forbids; opening a connection to a database in the same JVM costs next to nothing.
 */
public final class HomeDatabase implements ConnectionProvider {

    /** How the database is. */
    public enum State {
        /** As it should be. */
        ALIVE,
        /** It gives no connection. */
        DEAD,
        /** It gives no answer. */
        SILENT
    }

    private static final Object CHANGE = new Object();
    private static State state = State.ALIVE;

    private final JDBCDataSource source = new JDBCDataSource();

    /** For Openfire, which reads the class name in {@code openfire.xml}. */
    public HomeDatabase() {
        source.setUser("sa");
        source.setPassword("");
    }

    @Override
    public boolean isPooled() {
        return false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        synchronized (CHANGE) {
            while (state == State.SILENT) {
                try {
                    CHANGE.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException(e);
                }
            }
            if (state == State.DEAD) {
                throw new SQLException("The database <b>is dead</b>");
            }
        }
        return source.getConnection();
    }

    /** Has the database be so from now on. */
    public static void be(State wanted) {
        synchronized (CHANGE) {
            state = wanted;
            CHANGE.notifyAll();
        }
    }

    @Override
    public void start() {
        source.setURL("jdbc:hsqldb:file:" + JiveGlobals.getHomeDirectory() + "/embedded-db/openfire");
    }

    @Override
    public void restart() {
        destroy();
        start();
    }

    /** Writes everything to the home and ends HSQLDB. */
    @Override
    public void destroy() {
        try (Connection connection = getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot shut down " + source.getUrl(), e);
        }
    }
}
