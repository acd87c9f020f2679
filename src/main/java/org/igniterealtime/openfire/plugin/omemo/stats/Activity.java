package org.igniterealtime.openfire.plugin.omemo.stats;

/** What is remembered of persons. */
public enum Activity {

    /** Nothing: neither devices and their keys, nor who violated a policy. */
    OFF,
    /** The devices of accounts and their keys, who violated a policy, and when a device wrote to a room under a policy. */
    ROOMS,
    /** When a device wrote to anybody, too. */
    ROOMS_AND_DIRECT
}
