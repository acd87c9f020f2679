package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginClassLoader;
import org.jivesoftware.openfire.container.PluginManager;
import org.jivesoftware.openfire.container.PluginMonitor;

/** Installs and removes plugins the way an admin does, through Openfire's own plugin manager, and waits for it. */
public final class ServerPlugins {

    private static final String NAME = "omemo";

    private final PluginManager manager;
    private final Path folder;
    private final ServerLog log;
    private final PluginMonitor monitor;

    ServerPlugins(PluginManager manager, Path folder, ServerLog log) {
        this.manager = manager;
        this.folder = folder;
        this.log = log;
        try {
            Field field = PluginManager.class.getDeclaredField("pluginMonitor");
            field.setAccessible(true);
            monitor = (PluginMonitor) field.get(manager);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This is not Openfire 4.2.0", e);
        }
    }

    /**
     * Installs the packaged plugin as {@code omemo.jar}, replacing an older one, and waits until it is loaded.
     *
     * @param jar the file to copy into the plugins folder
     * @return the plugin object
     * @throws IllegalStateException if Openfire does not load it, or not from the unpacked jar, with what Openfire
     *     said; the jar is removed then
     */
    public Plugin install(Path jar) {
        int mark = log.size();
        try (InputStream in = Files.newInputStream(jar)) {
            manager.installPlugin(in, NAME + ".jar");
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + jar, e);
        }
        try {
            return requireLoaded(NAME);
        } catch (IllegalStateException e) {
            String said = log.text(mark);
            manager.deletePlugin(NAME);
            throw new IllegalStateException(e.getMessage() + ". It said:\n" + said, e);
        }
    }

    /** Installs the packaged plugin, unless it is loaded already; for tests that share a server. */
    public Plugin ensureInstalled(Path jar) {
        return isLoaded(NAME) ? requireLoaded(NAME) : install(jar);
    }

    /**
     * Unloads a plugin and deletes its jar, as the console's button does. Openfire takes two seconds for this.
     *
     * @throws IllegalStateException if it is still there afterwards
     */
    public void unload(String name) {
        manager.deletePlugin(name);
        if (manager.isLoaded(name) || Files.exists(folder.resolve(name))) {
            throw new IllegalStateException("Openfire did not unload the plugin " + name);
        }
    }

    /**
     * Unloads a plugin and loads it again from the same jar, as the console's button does.
     *
     * @return the new plugin object
     * @throws IllegalStateException if it is not loaded afterwards
     */
    public Plugin reload(String name) {
        Plugin before = requireLoaded(name);
        manager.reloadPlugin(name);
        await();
        Plugin after = requireLoaded(name);
        if (after == before) {
            throw new IllegalStateException("Openfire did not reload the plugin " + name);
        }
        return after;
    }

    /** Whether Openfire has loaded a plugin of that canonical name. */
    public boolean isLoaded(String name) {
        return manager.isLoaded(name);
    }

    /** The class loader that Openfire made for a loaded plugin. */
    public ClassLoader classLoader(String name) {
        return manager.getPluginClassloader(requireLoaded(name));
    }

    /** Waits until the plugin monitor has gone over the plugins folder once more. */
    void await() {
        monitor.runNow(true);
    }

    /** The classes must come from the jar under test, and Openfire looks in the server's class path first. */
    private Plugin requireLoaded(String name) {
        Plugin plugin = manager.getPlugin(name);
        if (plugin == null) {
            throw new IllegalStateException("Openfire has not loaded a plugin " + name);
        }
        Class<?> type = plugin.getClass();
        URL source = type.getProtectionDomain().getCodeSource().getLocation();
        if (!(type.getClassLoader() instanceof PluginClassLoader)
                || !source.toString().contains(folder.resolve(name).toUri().getPath())) {
            throw new IllegalStateException(type + " was loaded from " + source + " by " + type.getClassLoader());
        }
        return plugin;
    }
}
