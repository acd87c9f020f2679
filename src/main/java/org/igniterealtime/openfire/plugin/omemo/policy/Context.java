package org.igniterealtime.openfire.plugin.omemo.policy;

import org.dom4j.Attribute;

/** The type of a message together with the form of its address: what a room will take it for. */
enum Context {
    /** {@code groupchat} to the room: everybody gets it. */
    PUBLIC,
    /** {@code chat} or {@code normal} to an occupant. */
    PRIVATE,
    /** {@code normal} to the room: invitations, their declines, voice requests. */
    SERVICE,
    /** An error; rooms use it to find clients that are gone. */
    ERROR,
    /** A type and an address that go together in no XEP, such as a groupchat message to an occupant. */
    OTHER,
    /** A type that is none. */
    UNKNOWN;

    /** The context of a message with this type, which may be {@code null} for the default. */
    static Context of(Attribute type, boolean toOccupant) {
        if (type == null) {
            return toOccupant ? PRIVATE : SERVICE;
        }
        return switch (type.getValue()) {
            case "groupchat" -> toOccupant ? OTHER : PUBLIC;
            case "chat" -> toOccupant ? PRIVATE : OTHER;
            case "normal" -> toOccupant ? PRIVATE : SERVICE;
            case "headline" -> OTHER;
            case "error" -> ERROR;
            default -> UNKNOWN;
        };
    }
}
