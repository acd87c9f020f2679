package org.igniterealtime.openfire.plugin.omemo.keys;

/**
 * One thing wrong with a publication.
 *
 * @param fault    what it is
 * @param sentence the same for people, in English; it quotes nothing of what was published
 */
public record PublicationFinding(PublicationFault fault, String sentence) {

    static PublicationFinding of(PublicationFault fault) {
        return new PublicationFinding(fault, fault.sentence());
    }

    static PublicationFinding of(PublicationFault fault, String detail) {
        return new PublicationFinding(fault, fault.sentence() + " (" + detail + ").");
    }
}
