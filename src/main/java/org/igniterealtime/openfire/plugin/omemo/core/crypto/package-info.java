/**
 * Typed keys, and what can be done with them: agreement by X25519, signatures of Ed25519 and XEdDSA, the key
 * derivations of X3DH and the Double Ratchet, AES-256-CBC with HMAC-SHA-256. No primitive is written here: the curve is
 * Bouncy Castle's, the rest the JDK's. Randomness is handed in.
 */
package org.igniterealtime.openfire.plugin.omemo.core.crypto;
