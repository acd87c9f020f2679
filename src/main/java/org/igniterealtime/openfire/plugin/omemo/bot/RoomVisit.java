package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * A client's stay in one room (XEP-0045): who is inside, and who belongs to it. Used on the client's lane only.
 *
 * <p>Messages are for members, admins and owners, whether they are there or not (XEP-0384, "Group Chats"). Who they are is
 * asked again when a presence tells of a change, and before a message when some seconds have passed: of those who are not
 * inside, no presence tells.
 */
final class RoomVisit {

    enum State { ENTERING, INSIDE, OUTSIDE }

    /** How long the lists of owners, admins and members are good. */
    static final Duration AFFILIATES_LAST = Duration.ofSeconds(10);

    /** So many occupants are known by name; the messages of others cannot be read. */
    static final int MOST_OCCUPANTS = 20_000;

    /** For so many accounts is encrypted at most. */
    static final int MOST_ACCOUNTS = 5_000;

    private static final int MOST_NICKNAMES = 5;
    private static final String HIDES_ADDRESSES =
        "the room hides its members' addresses, so that nobody can encrypt for them";

    /**
     * How it enters.
     *
     * @param history whether it wants to read what was said lately
     * @param create configures the room if there was none, and is told what to do then; otherwise a room that does not
     *     exist is left alone
     */
    record Entry(Optional<String> password, boolean history, Optional<Consumer<Runnable>> create) {

        /** Without the password. */
        @Override
        public String toString() {
            return history ? "with history" : "without history";
        }

        /** As somebody goes in who has just been invited: what was said before is not for them. */
        static Entry invited(Optional<String> password) {
            return new Entry(password, false, Optional.empty());
        }

        /** As somebody comes back. */
        static Entry again(Optional<String> password) {
            return new Entry(password, true, Optional.empty());
        }
    }

    /** What the visit makes known. */
    interface Events {
        void inside();

        void outside(String why, boolean forGood);
    }

    private final BareJid room;
    private final Address self;
    private final String nickname;
    private final Entry entry;
    private final StanzaConnection connection;
    private final Requests requests;
    private final InstantSource clock;
    private final Events events;
    private final Map<String, Address> occupants = new HashMap<>();
    private final Set<BareJid> affiliates = new LinkedHashSet<>();
    private Instant affiliatesRead = Instant.MIN;
    private State state = State.OUTSIDE;
    private boolean affiliated;
    private int attempt;
    private int changes;

    RoomVisit(BareJid room, Address self, String nickname, Entry entry, StanzaConnection connection,
            Requests requests, InstantSource clock, Events events) {
        this.room = room;
        this.self = self;
        this.nickname = nickname;
        this.entry = entry;
        this.connection = connection;
        this.requests = requests;
        this.clock = clock;
        this.events = events;
    }

    State state() {
        return state;
    }

    /** The address that it has in the room. */
    Address occupant() {
        return new Address(room, attempt == 0 ? nickname : nickname + " " + (attempt + 1));
    }

    /** Asks to be let in, and for what was said lately. */
    void enter() {
        state = State.ENTERING;
        occupants.clear();
        Element presence = Stanzas.stanza("presence", "", self.toString(), occupant().toString(), "");
        Element x = presence.addElement("x", Stanzas.MUC);
        entry.password().ifPresent(word -> x.addElement("password").setText(word));
        if (!entry.history()) {
            x.addElement("history").addAttribute("maxstanzas", "0");
        }
        connection.send(presence);
    }

    /** The room has not said whether it lets one in; then it does not. */
    void giveUp() {
        if (state == State.ENTERING) {
            leave();
            events.outside("the room does not answer", false);
        }
    }

    /** Goes. */
    void leave() {
        if (state != State.OUTSIDE) {
            state = State.OUTSIDE;
            connection.send(Stanzas.stanza("presence", "unavailable", self.toString(), occupant().toString(), ""));
        }
    }

    /** The account behind an occupant. */
    Optional<Address> who(String nick) {
        return Optional.ofNullable(occupants.get(nick));
    }

    boolean isSelf(String nick) {
        return nick.equals(occupant().resource());
    }

    /** Whether an account is inside or belongs to the room, as far as is known. */
    boolean knows(BareJid account) {
        return affiliates.contains(account)
            || occupants.values().stream().anyMatch(occupant -> occupant.bare().equals(account));
    }

    void presence(String nick, Element presence) {
        String type = Stanzas.attribute(presence, "type");
        if (type.equals("error")) {
            refused(nick, presence);
            return;
        }
        Optional<Element> x = Stanzas.roomsWord(presence);
        Set<String> codes = codes(x);
        boolean own = isSelf(nick) || codes.contains("110");
        if (type.equals("unavailable")) {
            occupants.remove(nick);
            affiliationsChanged();
            if (own && state != State.OUTSIDE) {
                thrownOut(x, codes);
            }
        } else if (type.isEmpty()) {
            present(nick, x, codes, own);
        }
    }

    private void present(String nick, Optional<Element> x, Set<String> codes, boolean own) {
        Optional<Address> account = x.flatMap(muc -> Stanzas.child(muc, "item", Stanzas.MUC_USER))
            .flatMap(item -> Address.of(item.attributeValue("jid")));
        if (account.isPresent() && (occupants.containsKey(nick) || occupants.size() < MOST_OCCUPANTS)) {
            occupants.put(nick, account.get());
        }
        affiliationsChanged();
        if (state == State.INSIDE && own) {
            stays(x);
        } else if (state == State.INSIDE && x.isPresent() && account.isEmpty()) {
            // Before 4.7 Openfire tells nobody that a room hides addresses from now on; it just does.
            turnBack(HIDES_ADDRESSES);
        }
        if (!own || state != State.ENTERING) {
            return;
        }
        affiliated = isAffiliated(x);
        if (codes.contains("201")) {
            entry.create().ifPresentOrElse(create -> create.accept(this::inside),
                () -> turnBack("there is no such room"));
        } else if (account.isPresent() && codes.contains("100")) {
            inside();
        } else {
            turnBack(HIDES_ADDRESSES);
        }
    }

    /** Whoever takes the membership of somebody in an open room wants them to go, though the room lets them stay. */
    private void stays(Optional<Element> x) {
        boolean before = affiliated;
        affiliated = isAffiliated(x);
        if (before && !affiliated) {
            turnBack("it is no longer a member");
        }
    }

    private static boolean isAffiliated(Optional<Element> x) {
        return x.flatMap(muc -> Stanzas.child(muc, "item", Stanzas.MUC_USER))
            .map(item -> Stanzas.attribute(item, "affiliation"))
            .filter(Set.of("owner", "admin", "member")::contains).isPresent();
    }

    private void inside() {
        state = State.INSIDE;
        events.inside();
    }

    private void turnBack(String why) {
        leave();
        events.outside(why, true);
    }

    private void refused(String nick, Element presence) {
        if (state != State.ENTERING || !isSelf(nick)) {
            return;
        }
        String condition = Stanzas.condition(presence);
        if (condition.equals("conflict") && attempt < MOST_NICKNAMES) {
            attempt++;
            enter();
            return;
        }
        state = State.OUTSIDE;
        boolean forGood = switch (condition) {
            case "registration-required", "forbidden", "not-authorized", "item-not-found", "not-allowed" -> true;
            default -> false;
        };
        events.outside("it may not enter: " + condition, forGood);
    }

    private void thrownOut(Optional<Element> x, Set<String> codes) {
        state = State.OUTSIDE;
        if (x.isPresent() && Stanzas.child(x.get(), "destroy", Stanzas.MUC_USER).isPresent()) {
            events.outside("the room was destroyed", true);
        } else if (codes.contains("301")) {
            events.outside("it was banned", true);
        } else if (codes.contains("307")) {
            events.outside("it was kicked", true);
        } else if (codes.contains("321") || codes.contains("322")) {
            events.outside("it is no longer a member", true);
        } else {
            events.outside(codes.contains("332") ? "the server stops" : "the room has lost it", false);
        }
    }

    private static Set<String> codes(Optional<Element> x) {
        Set<String> codes = new HashSet<>();
        x.ifPresent(muc -> muc.elements("status").forEach(status -> codes.add(Stanzas.attribute(status, "code"))));
        return codes;
    }

    /** The room tells that it is another than before. */
    void changed(Element muc) {
        Set<String> codes = codes(Optional.of(muc));
        if (state == State.INSIDE && (codes.contains("173") || codes.contains("174"))) {
            turnBack(HIDES_ADDRESSES);
        } else {
            affiliationsChanged();
        }
    }

    /** Somebody's affiliation may have changed. */
    void affiliationsChanged() {
        affiliatesRead = Instant.MIN;
        changes++;
    }

    /** The accounts for which to encrypt; those that are inside, too, where the room does not tell who belongs to it. */
    void readers(Consumer<Collection<BareJid>> then) {
        if (!affiliatesRead.isBefore(clock.instant().minus(AFFILIATES_LAST))) {
            then.accept(everybody());
            return;
        }
        Set<BareJid> found = new LinkedHashSet<>();
        Instant asked = clock.instant();
        int changesBefore = changes;
        boolean[] unanswered = new boolean[1];
        Gathering gathering = new Gathering(() -> {
            if (!unanswered[0]) {
                affiliates.clear();
            }
            affiliates.addAll(found);
            affiliatesRead = changes == changesBefore && !unanswered[0] ? asked : Instant.MIN;
            then.accept(everybody());
        });
        for (String affiliation : List.of("owner", "admin", "member")) {
            gathering.expect();
            Element query = Stanzas.element("query", Stanzas.MUC_ADMIN);
            query.addElement("item").addAttribute("affiliation", affiliation);
            requests.ask("get", self.toString(), room.toString(), query, answer -> {
                // A refusal is an answer: an open room does not tell who its members are.
                unanswered[0] |= answer.isEmpty();
                answer.filter(iq -> Stanzas.attribute(iq, "type").equals("result")).ifPresent(iq -> add(iq, found));
                gathering.arrive();
            });
        }
        gathering.close();
    }

    private static void add(Element iq, Set<BareJid> found) {
        Stanzas.child(iq, "query", Stanzas.MUC_ADMIN).ifPresent(query -> query.elements("item").forEach(item ->
            Address.of(item.attributeValue("jid")).filter(address -> found.size() < MOST_ACCOUNTS)
                .ifPresent(address -> found.add(address.bare()))));
    }

    private List<BareJid> everybody() {
        Set<BareJid> all = new LinkedHashSet<>(affiliates);
        occupants.values().forEach(occupant -> all.add(occupant.bare()));
        all.remove(self.bare());
        return new ArrayList<>(all);
    }
}
