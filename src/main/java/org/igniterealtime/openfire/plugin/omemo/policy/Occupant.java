package org.igniterealtime.openfire.plugin.omemo.policy;

/** What a room says of somebody who is inside it, read live. */
public record Occupant(Affiliation affiliation, Role role) {
}
