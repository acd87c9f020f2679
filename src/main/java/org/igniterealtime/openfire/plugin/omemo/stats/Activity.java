package org.igniterealtime.openfire.plugin.omemo.stats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is remembered of persons. */
public enum Activity {

    /** Nothing: neither devices and their keys, nor who violated a policy. */
    OFF,
    /** The devices of accounts and their keys, who violated a policy, and when a device wrote to a room under a policy. */
    ROOMS,
    /** When a device wrote to anybody, too. */
    ROOMS_AND_DIRECT;

    /** As it is written in settings, such as {@code rooms-and-direct}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one with this {@link #code()}. */
    public static Optional<Activity> ofCode(String code) {
        return Arrays.stream(values()).filter(activity -> activity.code().equals(code)).findFirst();
    }
}
