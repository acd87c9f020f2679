package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.security.Provider;
import java.security.Security;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.filter.executor.ExecutorFilter;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.hsqldb.jdbc.JDBCDriver;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.spi.ConnectionListener;
import org.jivesoftware.openfire.spi.ConnectionManagerImpl;

/** What a server leaves in the JVM beside its own objects when it shuts down, and the removal of it. */
final class ServerTraces {

    private static final String HOME_PROPERTY = "openfireHome";
    private static final String UPDATE_THREAD = "Update Manager";
    private static final long PATIENCE_SECONDS = 5;

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final String homeBefore = System.getProperty(HOME_PROPERTY);
    private final List<Provider> displaced = new ArrayList<>();
    private final List<NioSocketAcceptor> acceptors = new ArrayList<>();
    private final List<ThreadPoolExecutor> workers = new ArrayList<>();

    /**
     * Makes room for a server. Security providers are known to the JVM by name: those that a server in another class
     * loader has registered would hand this server SASL mechanisms that ask the other one for passwords.
     */
    ServerTraces(String home) {
        System.setProperty(HOME_PROPERTY, home);
        for (Provider provider : serverProviders()) {
            if (!isOurs(provider)) {
                Security.removeProvider(provider.getName());
                displaced.add(provider);
            }
        }
    }

    /** Notes what the server closes at shutdown, but does not end. */
    void collect(XMPPServer server) {
        ConnectionManagerImpl connections = (ConnectionManagerImpl) server.getConnectionManager();
        if (connections == null) {
            return;
        }
        for (ConnectionListener listener : connections.getListeners()) {
            NioSocketAcceptor acceptor = listener.getSocketAcceptor();
            if (acceptor != null) {
                ExecutorFilter filter = (ExecutorFilter) acceptor.getFilterChain()
                    .get(ConnectionManagerImpl.EXECUTOR_FILTER_NAME);
                acceptors.add(acceptor);
                workers.add((ThreadPoolExecutor) filter.getExecutor());
            }
        }
    }

    /**
     * Ends what the server has left running and takes back what it has changed in the JVM.
     *
     * @throws IllegalStateException if threads of the server do not end
     */
    void erase() {
        try {
            acceptors.forEach(acceptor -> acceptor.dispose(true));
            workers.forEach(ThreadPoolExecutor::shutdownNow);
            awaitWorkers();
            endUpdateManager();
            DriverManager.deregisterDriver(JDBCDriver.driverInstance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Openfire's threads were ending", e);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot deregister HSQLDB", e);
        } finally {
            if (homeBefore == null) {
                System.clearProperty(HOME_PROPERTY);
            } else {
                System.setProperty(HOME_PROPERTY, homeBefore);
            }
            serverProviders().stream().filter(ServerTraces::isOurs).forEach(p -> Security.removeProvider(p.getName()));
            displaced.forEach(Security::addProvider);
        }
    }

    private void awaitWorkers() throws InterruptedException {
        for (ThreadPoolExecutor executor : workers) {
            if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Openfire's connection threads do not end: " + executor);
            }
        }
    }

    /** It looks for updates by sleeping for long; nothing else ends it. */
    private void endUpdateManager() throws InterruptedException {
        Set<Thread> since = new HashSet<>(Thread.getAllStackTraces().keySet());
        since.removeAll(threadsBefore);
        for (Thread thread : since) {
            if (thread.getName().equals(UPDATE_THREAD)) {
                thread.interrupt();
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            }
        }
    }

    private static List<Provider> serverProviders() {
        return Arrays.stream(Security.getProviders())
            .filter(provider -> provider.getClass().getName().startsWith("org.jivesoftware.")
                || provider.getClass().getName().startsWith("org.bouncycastle."))
            .toList();
    }

    private static boolean isOurs(Provider provider) {
        return provider.getClass().getClassLoader() == ServerTraces.class.getClassLoader();
    }
}
