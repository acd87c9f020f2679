package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * What the page of devices shows.
 *
 * @param alarms identity keys that have changed, which nobody has acknowledged
 * @param next where the next page begins; empty on the last one
 * @param first whether this is the first page
 * @param readable whether the database could be read
 */
public record DevicesModel(DeviceSearch search, List<IdentityEntry> alarms, List<DeviceEntry> rows, String next,
    boolean first, boolean readable) {
}
