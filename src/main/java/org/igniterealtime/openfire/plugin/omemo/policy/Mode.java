package org.igniterealtime.openfire.plugin.omemo.policy;

/** How far a room's policy is carried out (POLICY.md, "Modes"). */
public enum Mode {
    /** Nothing is looked at. */
    OFF,
    /** Judged and counted; nothing changes. */
    OBSERVE,
    /** Delivered unchanged; the sender's own session is told. */
    WARN,
    /** The verdict is carried out. */
    ENFORCE
}
