package org.igniterealtime.openfire.plugin.omemo.architecture.planted.keys;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.core.IsHandedEverything;

public class UsesTheCore {
    IsHandedEverything granted;
}
