package org.igniterealtime.openfire.plugin.omemo.policy;

/** A long-lived association with a room (XEP-0045, §5.2), in the words of the XEP. */
public enum Affiliation { OWNER, ADMIN, MEMBER, OUTCAST, NONE }
