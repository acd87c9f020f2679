package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Locale;
import java.util.Optional;

/** A sender of whom everything is known, and of whom it is known how often the room was asked. */
final class TestSender implements Sender {

    private final Optional<Occupant> occupant;
    int questions;

    private TestSender(Occupant occupant) {
        this.occupant = Optional.ofNullable(occupant);
    }

    static TestSender of(String kind) {
        return new TestSender(switch (kind) {
            case "member" -> new Occupant(Affiliation.MEMBER, Role.PARTICIPANT);
            case "owner" -> new Occupant(Affiliation.OWNER, Role.MODERATOR);
            case "moderator" -> new Occupant(Affiliation.MEMBER, Role.MODERATOR);
            case "outside" -> null;
            default -> throw new IllegalArgumentException(kind);
        });
    }

    @Override
    public String bareJid() {
        return "alice@example.org";
    }

    @Override
    public String domain() {
        return "example.org";
    }

    @Override
    public Locale language() {
        return Locale.ENGLISH;
    }

    @Override
    public Optional<Occupant> occupant() {
        questions++;
        return occupant;
    }
}
