package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;

/**
 * What the operator has written about bots: one property for each bot, some for all of them, and the key under which they
 * are stored. All of it outlives what Openfire does when a property is deleted: it deletes along with it, without a word,
 * whatever begins with its name (up to 4.9 that is {@code bot.echo2} with {@code bot.echo}, later {@code bot.echo.2}).
 */
public final class BotProperties implements PropertyEventListener {

    /** Before a bot's name. */
    public static final String BOT = "plugin.omemo.bot.";

    private static final String EVERYTHING = "plugin.omemo.bot";

    private final Map<String, String> written = new HashMap<>();
    private final Runnable changed;

    /** @param changed is told that bots may be wanted otherwise; it returns at once */
    BotProperties(Runnable changed) {
        this.changed = changed;
    }

    /** Reads them, and follows their changes. */
    synchronized void start() {
        PropertyEventDispatcher.addListener(this);
        written.clear();
        List<String> names = JiveGlobals.getPropertyNames();
        for (String name : names) {
            String value = name.startsWith(EVERYTHING) ? JiveGlobals.getProperty(name) : null;
            if (value != null) {
                written.put(name, value);
            }
        }
    }

    /** Follows changes no longer. */
    void stop() {
        PropertyEventDispatcher.removeListener(this);
    }

    /** The bots' settings as they are written, by the bots' names. */
    synchronized Map<String, String> bots() {
        Map<String, String> bots = new HashMap<>();
        written.forEach((name, value) -> {
            if (name.startsWith(BOT)) {
                bots.put(name.substring(BOT.length()), value);
            }
        });
        return bots;
    }

    @Override
    public void propertySet(String name, Map<String, Object> parameters) {
        if (name.startsWith(EVERYTHING) && parameters.get("value") instanceof String value) {
            synchronized (this) {
                written.put(name, value);
            }
            changed.run();
        }
    }

    @Override
    public void propertyDeleted(String name, Map<String, Object> parameters) {
        if (name.startsWith(EVERYTHING) || EVERYTHING.startsWith(name)) {
            synchronized (this) {
                written.remove(name);
                Map.copyOf(written).forEach(BotProperties::restore);
            }
            changed.run();
        }
    }

    private static void restore(String name, String value) {
        if (JiveGlobals.getProperty(name) != null) {
            return;
        }
        if (name.equals(StorageKey.PROPERTY)) {
            JiveGlobals.setProperty(name, value, true);
        } else {
            JiveGlobals.setProperty(name, value);
        }
    }

    @Override
    public void xmlPropertySet(String name, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
    }

    @Override
    public void xmlPropertyDeleted(String name, Map<String, Object> parameters) {
        // Nothing about bots is in the configuration file.
    }
}
