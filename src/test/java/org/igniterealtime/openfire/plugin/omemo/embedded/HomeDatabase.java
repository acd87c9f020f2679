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
        return source.getConnection();
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
