package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.security.Provider;
import java.security.Security;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.filter.executor.ExecutorFilter;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;
import org.hsqldb.jdbc.JDBCDriver;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.PluginClassLoader;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.spi.ConnectionListener;
import org.jivesoftware.openfire.spi.ConnectionManagerImpl;

/** What a server leaves in the JVM beside its own objects when it shuts down, and the removal of it. */
final class ServerTraces {

    private static final String HOME_PROPERTY = "openfireHome";
    /** Threads that wait for a time or a packet, and that nothing but an interrupt tells of the end. */
    private static final Set<String> SLEEPERS = Set.of("Update Manager", "Queued Packets Processor");
    private static final List<String> THREADS = List.of("TaskEngine-", "Jetty-");
    private static final long PATIENCE_SECONDS = 5;

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final String homeBefore = System.getProperty(HOME_PROPERTY);
    private final List<Provider> displaced = new ArrayList<>();
    private final List<NioSocketAcceptor> acceptors = new ArrayList<>();
    private final List<ThreadPoolExecutor> workers = new ArrayList<>();
    private final List<PluginClassLoader> loaders = new ArrayList<>();

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
        PluginManager plugins = server.getPluginManager();
        plugins.getPlugins().forEach(plugin -> loaders.add(plugins.getPluginClassloader(plugin)));
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
            awaitThreads();
            DriverManager.deregisterDriver(JDBCDriver.driverInstance);
            for (PluginClassLoader loader : loaders) {
                loader.unloadJarFiles();
                loader.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Openfire's threads were ending", e);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("Cannot close what Openfire has left open", e);
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

    /** Only of threads that a test could not have started itself; others end on their own with what they served. */
    private void awaitThreads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean sleeper = SLEEPERS.contains(thread.getName());
            // A thread inherits the loader: those of a server with other classes are not ours.
            if (!threadsBefore.contains(thread) && thread.getContextClassLoader() == getClass().getClassLoader()
                    && (sleeper || THREADS.stream().anyMatch(thread.getName()::startsWith))) {
                if (sleeper) {
                    thread.interrupt();
                }
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                if (thread.isAlive()) {
                    throw new IllegalStateException("Openfire's " + thread + " does not end");
                }
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
