package org.igniterealtime.openfire.plugin.omemo;

import java.io.File;
import org.igniterealtime.openfire.plugin.omemo.server.RoomGuard;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The plugin as Openfire sees it: builds the parts in order, registers them, undoes it in reverse. */
public final class OmemoPlugin implements Plugin {

    private RoomGuard guard;

    @Override
    public void initializePlugin(PluginManager manager, File pluginDirectory) {
        guard = new RoomGuard(XMPPServer.getInstance());
        guard.start();
    }

    @Override
    public void destroyPlugin() {
        guard.stop();
    }
}
