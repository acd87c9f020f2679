package org.igniterealtime.openfire.plugin.omemo.bot;

import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;

/**
 * A message that a client could read.
 *
 * @param from the device that wrote it
 * @param family in which it was read; a message may come in two
 * @param trust in the key that it was encrypted with
 * @param missed whether it is of the past, from the room's history
 */
public record Reading(DeviceAddress from, Family family, SceContent content, Trust trust, boolean missed) {
}
