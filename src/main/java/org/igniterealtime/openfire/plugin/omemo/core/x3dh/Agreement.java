package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import org.igniterealtime.openfire.plugin.omemo.core.crypto.SharedSecret;

/**
 * What both sides hold after X3DH.
 *
 * @param sharedSecret SK
 * @param associatedData AD
 */
public record Agreement(SharedSecret sharedSecret, AssociatedData associatedData) {
}
