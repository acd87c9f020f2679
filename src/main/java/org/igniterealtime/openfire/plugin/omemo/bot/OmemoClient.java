package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * A client that speaks OMEMO as XEP-0384 asks of one: it goes into rooms, knows who belongs to them, fetches lists and
 * bundles, encrypts for all, reads what comes, and answers key exchanges, heartbeats and broken sessions. Used on its lane
 * only.
 */
final class OmemoClient {

    /** What waits for an answer waits so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many rooms at once. */
    static final int MOST_ROOMS = 100;

    /** After a room has let one in, its history comes; if nothing tells of its end, it is over after so long. */
    private static final Duration HISTORY_LASTS = Duration.ofSeconds(3);

    private final Address self;
    private final Lane lane;
    private final StanzaConnection connection;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final ClientEvents events;
    private final Devices devices;
    private final Requests requests;
    private final PeerKeys keys;
    private final Voice voice;
    private final Ears ears;
    private final CatchingUp catchingUp;
    private final Map<BareJid, RoomVisit> rooms = new LinkedHashMap<>();

    /** @param self the address that it sends from */
    OmemoClient(Address self, Devices devices, Lane lane, Surroundings around, ClientEvents events, Problems problems) {
        this.self = self;
        this.devices = devices;
        this.lane = lane;
        this.connection = around.connection();
        this.timer = around.timer();
        this.clock = around.clock();
        this.events = events;
        String prefix = around.token() + "-";
        requests = new Requests(connection, lane, timer, PATIENCE, prefix);
        keys = new PeerKeys(devices, new KeyFetch(requests, self.toString()), clock, problems);
        voice = new Voice(self, devices, keys, connection, task -> later(PATIENCE, task), this::readers, problems, prefix);
        ears = new Ears(devices, keys, voice, events, problems);
        catchingUp = new CatchingUp(devices, voice,
            (family, device) -> ears.recover(family, device, device.jid().toString()));
    }

    private void later(Duration delay, Runnable task) {
        timer.schedule(() -> lane.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readers(Talk talk, Consumer<Collection<BareJid>> then) {
        RoomVisit visit = rooms.get(talk.jid());
        if (!talk.inRoom()) {
            then.accept(List.of(talk.jid()));
        } else if (visit == null || visit.state() != RoomVisit.State.INSIDE) {
            then.accept(List.of());
        } else {
            visit.readers(then);
        }
    }

    Address self() {
        return self;
    }

    /** The devices' own addresses, lists and bundles. */
    Devices devices() {
        return devices;
    }

    Requests requests() {
        return requests;
    }

    /** The rooms in which it is, or wants to be. */
    Collection<BareJid> rooms() {
        return List.copyOf(rooms.keySet());
    }

    boolean isInside(BareJid room) {
        RoomVisit visit = rooms.get(room);
        return visit != null && visit.state() == RoomVisit.State.INSIDE;
    }

    /** Whether an account is in one of the rooms, or belongs to it. */
    boolean sharesRoomWith(BareJid account) {
        return rooms.values().stream().anyMatch(visit -> visit.knows(account));
    }

    /** The account behind an address in a room, or the one that it is. */
    Optional<Address> who(Address from) {
        RoomVisit visit = rooms.get(from.bare());
        return visit == null ? Optional.of(from) : visit.who(from.resource());
    }

    /** Asks to be let into a room; {@link ClientEvents#entered} or {@link ClientEvents#left} tells what came of it. */
    void enter(BareJid room, String nickname, RoomVisit.Entry entry) {
        RoomVisit known = rooms.get(room);
        if (known != null && known.state() != RoomVisit.State.OUTSIDE) {
            return;
        }
        if (known == null && rooms.size() >= MOST_ROOMS) {
            events.left(room, "it is in too many rooms", true);
            return;
        }
        RoomVisit visit = new RoomVisit(room, self, nickname, entry, connection, requests, clock,
                new RoomVisit.Events() {
            @Override
            public void inside() {
                if (entry.history()) {
                    RoomVisit entered = rooms.get(room);
                    later(HISTORY_LASTS, () -> historyEnds(entered));
                } else {
                    events.entered(room);
                }
            }

            @Override
            public void outside(String why, boolean forGood) {
                rooms.remove(room);
                catchingUp.end(room);
                events.left(room, why, forGood);
            }
        });
        rooms.put(room, visit);
        if (entry.history()) {
            catchingUp.begin(room);
        }
        visit.enter();
        // Whoever waits for a room for ever reads and writes nothing elsewhere.
        later(PATIENCE, visit::giveUp);
    }

    /** Goes out of a room. */
    void leave(BareJid room) {
        RoomVisit visit = rooms.remove(room);
        if (visit != null) {
            catchingUp.end(room);
            visit.leave();
        }
    }

    private void historyEnds(RoomVisit visit) {
        BareJid room = visit.occupant().bare();
        if (rooms.get(room) == visit && visit.state() == RoomVisit.State.INSIDE && catchingUp.isRunning(room)) {
            catchingUp.end(room);
            events.entered(room);
        }
    }

    /**
     * Encrypts content for all who belong to the conversation, and sends it.
     *
     * @param families in which, of those that it speaks
     */
    void say(Talk talk, List<ContentElement> content, Set<Family> families, Consumer<Sent> then) {
        if (talk.inRoom() && !isInside(talk.jid())) {
            then.accept(new Sent.Not("not-inside", Map.of()));
            return;
        }
        voice.say(talk, content, families, then);
    }

    /** Asks again, with the next message, which devices there are. */
    void forgetLists() {
        keys.forget();
    }

    /** Goes back to OMEMO after an opt-out. */
    void resume(BareJid conversation) {
        devices.byFamily().values().forEach(device -> device.resume(conversation));
    }

    /** Replaces keys whose time has come. Once a day. */
    void maintain() {
        devices.byFamily().forEach((family, device) -> {
            if (device.maintain()) {
                events.bundleChanged(family);
            }
        });
    }

    /** Leaves all rooms. */
    void close() {
        new ArrayList<>(rooms.keySet()).forEach(this::leave);
    }

    /** Takes an answer to an IQ in. */
    void answered(Element iq) {
        requests.answered(iq);
    }

    void presence(Element presence) {
        Address.of(presence.attributeValue("from")).ifPresent(from -> {
            RoomVisit visit = rooms.get(from.bare());
            if (visit != null && from.isFull()) {
                visit.presence(from.resource(), presence);
            }
        });
    }

    void message(Element message) {
        Optional<Address> from = Address.of(message.attributeValue("from"));
        if (from.isEmpty()) {
            return;
        }
        String type = Stanzas.attribute(message, "type");
        RoomVisit visit = rooms.get(from.get().bare());
        if (type.equals("error")) {
            bounced(visit, message);
        } else if (visit == null) {
            if (!type.equals("groupchat") && ears.concerns(message)) {
                ears.hear(Talk.with(from.get().bare()), from.get(), false, message);
            }
        } else if (type.equals("groupchat")) {
            inRoom(visit, from.get(), message);
        } else {
            privately(visit, from.get(), message);
        }
    }

    private void bounced(RoomVisit visit, Element message) {
        events.bounced(message);
        BareJid from = Address.of(message.attributeValue("from")).filter(address -> !address.isFull())
            .map(Address::bare).orElse(null);
        // Only the room itself knows; an occupant can send errors, too.
        if (visit != null && visit.occupant().bare().equals(from)
                && Stanzas.condition(message).equals("not-acceptable")) {
            BareJid room = visit.occupant().bare();
            rooms.remove(room);
            catchingUp.end(room);
            events.left(room, "the room has lost it", false);
        }
    }

    private void inRoom(RoomVisit visit, Address from, Element message) {
        if (!from.isFull()) {
            roomSays(visit, message);
            return;
        }
        boolean missed = Stanzas.child(message, "delay", Stanzas.DELAY).isPresent();
        boolean historyOver = !missed || message.element("subject") != null && message.element("body") == null;
        if (!visit.isSelf(from.resource()) && ears.concerns(message)) {
            // Whoever has gone is not known: a nickname alone proves nothing.
            visit.who(from.resource()).ifPresent(sender ->
                ears.hear(Talk.inRoom(from.bare()), sender, missed, message));
        }
        if (historyOver) {
            historyEnds(visit);
        }
    }

    /** The room itself: its subject, or a change of its configuration or of somebody's affiliation. */
    private void roomSays(RoomVisit visit, Element message) {
        Stanzas.roomsWord(message).ifPresent(visit::changed);
        if (message.element("subject") != null) {
            historyEnds(visit);
        }
    }

    /** A private message of an occupant, such as the answer to a key exchange. */
    private void privately(RoomVisit visit, Address from, Element message) {
        if (!from.isFull()) {
            roomSays(visit, message);
        } else if (ears.concerns(message)) {
            visit.who(from.resource()).ifPresent(sender ->
                ears.hear(Talk.with(sender.bare()), sender, false, message));
        }
    }
}
