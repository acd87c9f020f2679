package org.igniterealtime.openfire.plugin.omemo.architecture.planted.protocol;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.core.ActsByItself;

public class UsesThePackageBelow {
    ActsByItself below;
}
