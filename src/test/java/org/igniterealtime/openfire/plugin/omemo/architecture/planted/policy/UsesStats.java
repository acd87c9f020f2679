package org.igniterealtime.openfire.plugin.omemo.architecture.planted.policy;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.stats.UsesPolicy;

public class UsesStats {
    UsesPolicy other;
}
