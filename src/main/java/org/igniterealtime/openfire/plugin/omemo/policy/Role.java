package org.igniterealtime.openfire.plugin.omemo.policy;

/** A position held for the time of a visit to a room (XEP-0045, §5.1), in the words of the XEP. */
public enum Role { MODERATOR, PARTICIPANT, VISITOR, NONE }
