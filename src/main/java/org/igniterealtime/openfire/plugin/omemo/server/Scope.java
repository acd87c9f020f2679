package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import org.xmpp.packet.JID;

/** What a policy was set for, as the name of its property says it. */
public sealed interface Scope {

    /** Where the names of all policies begin. */
    String PREFIX = "plugin.omemo.policy.";

    /** Every room for which nothing else was said: {@code plugin.omemo.policy.default}. */
    record Server() implements Scope {
        @Override
        public String property() {
            return PREFIX + "default";
        }
    }

    /** The rooms of one service: {@code plugin.omemo.policy.service.conference.example.org}. */
    record Service(String domain) implements Scope {
        @Override
        public String property() {
            return PREFIX + "service." + domain;
        }
    }

    /** The rooms that match a pattern; lower numbers are tried first: {@code plugin.omemo.policy.pattern.10}. */
    record Pattern(int order) implements Scope {
        @Override
        public String property() {
            return PREFIX + "pattern." + order;
        }
    }

    /** One room: {@code plugin.omemo.policy.room.secret@conference.example.org}. */
    record Room(String jid) implements Scope {
        @Override
        public String property() {
            return PREFIX + "room." + jid;
        }
    }

    /** One room, for which an owner has chosen: {@code plugin.omemo.policy.owner.secret@conference.example.org}. */
    record Owner(String jid) implements Scope {
        @Override
        public String property() {
            return PREFIX + "owner." + jid;
        }
    }

    /** The name of the property that sets a policy for this. */
    String property();

    /** The scope that a property's name tells, if it is the name of a policy. */
    static Optional<Scope> ofProperty(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String scope = name.substring(PREFIX.length());
        if (scope.equals("default")) {
            return Optional.of(new Server());
        }
        int dot = scope.indexOf('.');
        String subject = scope.substring(dot + 1);
        return switch (scope.substring(0, Math.max(0, dot))) {
            case "service" -> bareJid(subject).filter(jid -> jid.getNode() == null)
                .map(jid -> new Service(jid.getDomain()));
            case "pattern" -> subject.matches("0|[1-9][0-9]{0,5}")
                ? Optional.of(new Pattern(Integer.parseInt(subject))) : Optional.empty();
            case "room" -> bareJid(subject).filter(jid -> jid.getNode() != null)
                .map(jid -> new Room(jid.toString()));
            case "owner" -> bareJid(subject).filter(jid -> jid.getNode() != null)
                .map(jid -> new Owner(jid.toString()));
            default -> Optional.empty();
        };
    }

    private static Optional<JID> bareJid(String text) {
        try {
            return Optional.of(new JID(text)).filter(jid -> jid.getResource() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
