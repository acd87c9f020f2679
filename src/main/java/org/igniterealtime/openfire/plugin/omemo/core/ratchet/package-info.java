/**
 * The Double Ratchet of Signal in the words of the paper, and the messages of XEP-0384 that it makes and reads. All
 * values are immutable: whoever holds a ratchet goes on with the next one when, and only when, a message was genuine.
 */
package org.igniterealtime.openfire.plugin.omemo.core.ratchet;
