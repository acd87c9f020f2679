package org.igniterealtime.openfire.plugin.omemo.policy;

/** What becomes of a message of which a check finds what it looks for. */
public enum Check {
    /** It is not looked for. */
    OFF,
    /** It is counted for the operator, and the message goes its way. */
    OBSERVE,
    /** The policy's mode decides, as with any other finding. */
    ENFORCE
}
