/**
 * The payload of a message, encrypted once, and the key material that the ratchet carries to every device.
 */
package org.igniterealtime.openfire.plugin.omemo.core.payload;
