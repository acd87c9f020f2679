package org.igniterealtime.openfire.plugin.omemo.architecture.planted;

public class OmemoPlugin {
}
