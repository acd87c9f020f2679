package org.igniterealtime.openfire.plugin.omemo.protocol;

/** What the constructors of this package demand of values that our own code hands in. */
final class Check {

    private Check() {
    }

    static void that(boolean holds, String demand) {
        if (!holds) {
            throw new IllegalArgumentException(demand);
        }
    }

    static void deviceId(int id) {
        that(id >= 1, "a device id is between 1 and 2^31-1");
    }

    static void length(Base64Text data, int min, int max) {
        int length = data.byteLength();
        if (length < min || length > max) {
            throw new IllegalArgumentException(length + " bytes, not " + min + " to " + max);
        }
    }
}
