package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

/**
 * What the initiator holds after X3DH.
 *
 * @param agreement SK and AD
 * @param header what it has to tell the responder
 */
public record Initiation(Agreement agreement, KeyExchangeHeader header) {
}
