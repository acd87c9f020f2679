package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Locale;

/**
 * What can be found wrong with a stanza or a room. Code and number are part of the product's interface: they appear in
 * bounces, logs and exports, and stay as they are across releases.
 */
public enum FindingCode {
    /** A {@code <body>} without an accepted {@code <encrypted>}, or beside one where the policy refuses it. */
    PLAINTEXT_BODY(101),
    /** A subject that the sender may not set. */
    SUBJECT(102),
    /** An element that is not on the allowlist. */
    UNLISTED_ELEMENT(103),
    /** An attribute or a namespace declaration that is not on the allowlist. */
    UNLISTED_ATTRIBUTE(104),
    /** Text, a comment or a processing instruction where none belongs. */
    UNLISTED_TEXT(105),
    /** A listed element with content that its XEP does not give it, or with a value out of bounds. */
    UNEXPECTED_CONTENT(106),
    /** More child nodes than a message can sensibly have. */
    TOO_MANY_ELEMENTS(107),
    /** A presence's {@code <status>}. */
    PRESENCE_STATUS(108),
    /** An error stanza with more than its condition. */
    ERROR_CONTENT(109),
    /** A private message where the policy forbids them. */
    PRIVATE_MESSAGE(110),
    /** A reaction where the policy refuses them. */
    REACTION(111),
    /** The {@code <reason>} or another carrier in an invitation or its decline. */
    INVITATION_CONTENT(112),
    /** Identifiers, addresses and prefixes that hold, taken together, more than a stanza can need. */
    OVERSIZED_VALUES(113),

    /** A listed element under a message type or address form for which it is not listed. */
    MISPLACED_ELEMENT(121),
    /** A message type that XMPP does not know, or an addressing attribute in a foreign namespace. */
    UNKNOWN_TYPE(122),

    /** No usable {@code <header>}: missing, doubled, or its {@code sid} is. */
    MALFORMED_HEADER(201),
    /** Keys that are not well-formed. */
    MALFORMED_KEYS(202),
    /** A payload that is empty, too short, or not of the cipher's form. */
    MALFORMED_PAYLOAD(203),
    /** More keys than the policy admits. */
    TOO_MANY_KEYS(204),
    /** Two {@code <encrypted>} of one family. */
    DUPLICATE_ENCRYPTED(205),
    /** Only {@code <encrypted>} of families that the room does not accept. */
    FAMILY_NOT_ACCEPTED(206),
    /** The sender's device is not on the sender's device list. */
    UNLISTED_SENDER_DEVICE(207),
    /** A key for somebody who does not belong to the room. */
    FOREIGN_RECIPIENT(208),
    /** A key for a device that is on nobody's device list. */
    UNLISTED_RECIPIENT_DEVICE(209),
    /** Keys or a payload that no ratchet and no cipher could have written. */
    COUNTERFEIT(210),
    /** Devices in the room that get no key. */
    INCOMPLETE_COVERAGE(211),

    /** The room hides its occupants' JIDs, so that nobody can know for whom to encrypt (XEP-0384 0.4: MUST NOT). */
    ROOM_SEMI_ANONYMOUS(301),
    /** Anybody may enter the room (XEP-0384 0.4: SHOULD NOT). */
    ROOM_OPEN(302),
    /** A configuration of a room that can be read in more than one way. */
    AMBIGUOUS_CONFIGURATION(303),
    /** A policy for a room that its owners may not choose. */
    POLICY_OUT_OF_BOUNDS(304),

    /** The stanza could not be judged. */
    INTERNAL_FAILURE(901);

    private final int number;

    FindingCode(int number) {
        this.number = number;
    }

    /** The number that stands for this code in exports. */
    public int number() {
        return number;
    }

    /** The code in its written form, such as {@code plaintext-body}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Whether this is a play with types and addresses by which a room would take the stanza for something else than it
     * looks: no exemption covers these.
     */
    public boolean isTypeTrick() {
        return this == MISPLACED_ELEMENT || this == UNKNOWN_TYPE;
    }
}
