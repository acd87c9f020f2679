package org.igniterealtime.openfire.plugin.omemo.policy;

/** A line that is not a policy; the message says which part of it. */
public final class InvalidPolicyException extends Exception {

    public InvalidPolicyException(String message) {
        super(message);
    }
}
