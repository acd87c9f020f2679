package org.igniterealtime.openfire.plugin.omemo.architecture.planted.stats;

import org.igniterealtime.openfire.plugin.omemo.architecture.planted.policy.UsesStats;

public class UsesPolicy {
    UsesStats other;
}
