package org.igniterealtime.openfire.plugin.omemo.core;

/**
 * What bytes from outside can do to the core: nothing else escapes it when a peer or a server sends what it should not.
 *
 * <p>It tells the reason and quotes nothing: no key, no plaintext, no byte that was received. Hence it may be logged.
 * It has no stack trace, because anybody can cause one.
 */
public final class OmemoException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why something was refused. */
    public enum Reason {
        /** Bytes that are not what they should be: a wrong length, a missing field, broken padding. */
        UNDECODABLE("not decodable"),
        /** A public key that is not canonical, not on the curve, or of low order. */
        INVALID_KEY("not a valid public key"),
        /** A signature that the identity key did not make. */
        INVALID_SIGNATURE("the signature does not verify"),
        /** A message authentication code that does not fit: altered, misdirected, or of another session. */
        UNAUTHENTICATED("not authenticated"),
        /** A message that was read before, or whose key was dropped from the skipped ones. */
        DUPLICATE("read before"),
        /** A message from a device with which there is no session. */
        NO_SESSION("no session"),
        /** More messages were left out than the bound per message allows. */
        TOO_MANY_SKIPPED("too many messages left out"),
        /** A key exchange over a signed prekey that is not, or no longer, there. */
        UNKNOWN_SIGNED_PREKEY("unknown signed prekey"),
        /** A key exchange over a one-time prekey that is not, or no longer, there. */
        UNKNOWN_PREKEY("unknown prekey"),
        /** A key exchange without one-time prekey where the profile demands one. */
        MISSING_PREKEY("a key exchange without one-time prekey");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }
    }

    private final Reason reason;

    public OmemoException(Reason reason) {
        super(reason.phrase, null, false, false);
        this.reason = reason;
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }
}
