package org.igniterealtime.openfire.plugin.omemo.attack;

/**
 * A stanza to be sent.
 *
 * @param number  its number in the run; seed and number make the same stanza again
 * @param kind    what it tries, for the report
 * @param from    who sends it
 * @param expects what has to come of it
 * @param after   what its sender has to do to be where they were
 */
record Shot(int number, Kind kind, Cast from, Answer expects, After after, String xml) {

    /** The scenes of XMPP in which a stanza to a room can occur. */
    enum Kind {
        CONVERSATION, PLAINTEXT, PRIVATE, SERVICE, SUBJECT, ERROR, TYPE_TRICK, PRESENCE, OVERSIZE, STREAM
    }

    /** Who sends: occupants with and without a voice, and somebody who is not in the room. */
    enum Cast {
        MEMBER, OWNER, VISITOR, OUTSIDER;

        String nick() {
            return name().toLowerCase();
        }
    }

    /** What the sender, or somebody else, has to hear of it, unless it was the eleventh refusal in a second. */
    enum Answer {
        /** Comes back: as the room sends it to everybody, or as an error. */
        SENDER,
        /** The same, or it is with the witness. */
        SENDER_OR_WITNESS,
        /** XMPP does not ask for an answer. */
        NOBODY
    }

    /** What presences and errors do to an occupant. */
    enum After {
        /** Nothing. */
        STAYS,
        /** They may have another nickname. */
        RENAMED,
        /** They may be out. */
        OUT
    }
}
