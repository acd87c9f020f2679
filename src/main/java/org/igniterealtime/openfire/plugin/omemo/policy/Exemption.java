package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Locale;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** Somebody whom a policy does not bind (POLICY.md, "Exempt"): one account, one domain, or one affiliation; exact. */
public sealed interface Exemption {

    /** One account. */
    record OfJid(BareJid jid) implements Exemption {
        @Override
        public boolean covers(Sender sender) {
            return jid.toString().equals(sender.bareJid());
        }

        @Override
        public String toString() {
            return "jid:" + jid;
        }
    }

    /** Every account of one domain; not of its subdomains. */
    record OfDomain(String domain) implements Exemption {
        @Override
        public boolean covers(Sender sender) {
            return domain.equals(sender.domain());
        }

        @Override
        public String toString() {
            return "domain:" + domain;
        }
    }

    /** Every occupant of one affiliation, read from the room when it is used. */
    record OfAffiliation(Affiliation affiliation) implements Exemption {
        @Override
        public boolean covers(Sender sender) {
            return sender.occupant().map(Occupant::affiliation).filter(affiliation::equals).isPresent();
        }

        @Override
        public String toString() {
            return "affiliation:" + affiliation.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether this sender is exempt. */
    boolean covers(Sender sender);

    /**
     * Reads {@code jid:<bare JID>}, {@code domain:<domain>} or {@code affiliation:<owner|admin|member|none>}.
     *
     * @return empty when the text is none of these
     */
    static Optional<Exemption> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String value = text.substring(colon + 1).strip();
        return switch (text.substring(0, colon).strip()) {
            case "jid" -> BareJid.of(value).filter(jid -> jid.local().isPresent()).map(OfJid::new);
            case "domain" -> BareJid.of(value).filter(jid -> jid.local().isEmpty())
                .map(jid -> new OfDomain(jid.toString()));
            case "affiliation" -> switch (value) {
                case "owner" -> Optional.of(new OfAffiliation(Affiliation.OWNER));
                case "admin" -> Optional.of(new OfAffiliation(Affiliation.ADMIN));
                case "member" -> Optional.of(new OfAffiliation(Affiliation.MEMBER));
                case "none" -> Optional.of(new OfAffiliation(Affiliation.NONE));
                default -> Optional.empty();
            };
            default -> Optional.empty();
        };
    }
}
