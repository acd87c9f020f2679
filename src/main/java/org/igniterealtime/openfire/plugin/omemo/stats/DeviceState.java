package org.igniterealtime.openfire.plugin.omemo.stats;

/** How much life there is in a device, as far as this server saw. */
public enum DeviceState {

    /** Seen or published lately. */
    ACTIVE,
    /** Seen or published once, and not lately. */
    INACTIVE,
    /** Many messages were sent to it since it was seen or published last. */
    STALE,
    /** Neither seen nor published for very long. */
    DEAD,
    /** On a list; whether it is in use was never observed. */
    UNKNOWN,
    /** On no list any more. */
    REMOVED
}
