package org.igniterealtime.openfire.plugin.omemo.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections that can be told to fail when the database has committed and is about to say so. */
final class UndecidedSource implements ConnectionSource {

    private final ConnectionSource source;
    private boolean undecided;

    UndecidedSource(ConnectionSource source) {
        this.source = source;
    }

    void beUndecided(boolean now) {
        undecided = now;
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = source.open();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
                try {
                    Object result = method.invoke(connection, arguments);
                    if (undecided && method.getName().equals("commit")) {
                        throw new SQLException("the line is dead");
                    }
                    return result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }
}
