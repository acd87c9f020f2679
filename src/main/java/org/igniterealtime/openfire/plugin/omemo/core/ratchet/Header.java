package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import org.igniterealtime.openfire.plugin.omemo.core.crypto.RatchetKey;

/**
 * HEADER of the Double Ratchet (section 3.1).
 *
 * @param ratchetKey the sender's public ratchet key
 * @param previousLength PN, the length of the sender's previous chain
 * @param number N, the number of the message in its chain, from 0
 */
public record Header(RatchetKey ratchetKey, int previousLength, int number) {
}
