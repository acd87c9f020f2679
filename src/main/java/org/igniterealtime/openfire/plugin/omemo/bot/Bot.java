package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.store.BotClaimLostException;

/**
 * A test bot: a member of rooms that lives in the server. It comes only where an owner has invited it, says what it is
 * before anything else, and goes for good when it is thrown out.
 */
final class Bot implements Inhabitant, ClientEvents, BotVoice {

    private static final String OPTED_OUT = "%s wants to go on without encryption. I write encrypted messages only, and "
        + "stop here, until an owner invites me again.";

    private static final List<Duration> ENTER_AGAIN =
        List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);

    private final String name;
    private final BotSettings settings;
    private final Home home;
    private final Behaviour behaviour;
    private final OmemoClient client;
    private final OwnNodes nodes;
    private final Entrance entrance;
    private final Lane lane;
    private final BotRooms rooms;
    private final Problems problems;
    private final LongAdder read = new LongAdder();
    private final LongAdder unread = new LongAdder();
    private final UndecidedKeys undecided = new UndecidedKeys();
    private final Map<BareJid, Integer> attempts = new LinkedHashMap<>();
    private final Introductions introductions;
    private Instant maintained;
    private volatile boolean closed;

    /**
     * What all bots share.
     *
     * @param lost told of a bot whose keys belong to another host now
     */
    record Home(Surroundings surroundings, BotServer server, String version, Consumer<Bot> lost) {
    }

    Bot(String name, BotSettings settings, Home home, Devices devices, BotRooms rooms, Problems problems) {
        this.name = name;
        this.settings = settings;
        this.home = home;
        this.rooms = rooms;
        this.problems = problems;
        Surroundings around = home.surroundings;
        behaviour = settings.kind().behaviour(settings);
        lane = around.lane(Entrance.MOST_WAITING, this::failed);
        Address self = new Address(devices.any().own().address().jid(), "bot");
        client = new OmemoClient(self, devices, lane, around, this, problems);
        nodes = new OwnNodes(devices, settings.label(), home.version);
        entrance = new Entrance(lane, client, nodes, around.connection(), home.server, this::message);
        String about = behaviour.purpose() + (settings.blindTrust() ? " I trust every device that I see." : "");
        introductions = new Introductions(rooms, about, around.clock(), this::isBot, this::write);
        maintained = around.clock().instant();
    }

    private void failed(Throwable failure) {
        if (failure instanceof BotClaimLostException) {
            if (!closed) {
                closed = true;
                home.lost.accept(this);
            }
        } else {
            problems.note("It failed: " + describe(failure));
        }
    }

    /** The kind of failure, without its message, which may have anything in it. */
    static String describe(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass().getSimpleName() + (trace.length == 0 ? "" : " in " + trace[0].getClassName() + "."
            + trace[0].getMethodName() + ":" + trace[0].getLineNumber());
    }

    String name() {
        return name;
    }

    void start() {
        lane.execute(() -> {
            rooms.all().keySet().forEach(this::comeBack);
            later(TICK, this::tick);
        });
    }

    private void later(Duration delay, Runnable task) {
        home.surroundings.timer().schedule(() -> lane.execute(() -> {
            if (!closed) {
                task.run();
            }
        }), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            Instant now = now();
            if (maintained.plus(DAY).isBefore(now)) {
                maintained = now;
                client.maintain();
            }
            client.rooms().stream().filter(client::isInside).forEach(introductions::makeAgain);
            behaviour.tick(this);
        } finally {
            later(TICK, this::tick);
        }
    }

    @Override
    public void receive(Element stanza) {
        if (!closed) {
            entrance.receive(stanza);
        }
    }

    /** A message, on the lane. */
    private void message(Element message) {
        if (!Stanzas.attribute(message, "type").equals("error")) {
            Optional<Invitation> invitation = Invitation.in(message);
            if (invitation.isPresent()) {
                invited(invitation.get());
                return;
            }
        }
        Optional<Address> from = Address.of(message.attributeValue("from"));
        if (from.isPresent() && mayTalk(from.get().bare())) {
            client.message(message);
        }
    }

    /** Whoever is neither of this server nor in one of the rooms has nothing to say to a bot, and is not remembered. */
    private boolean mayTalk(BareJid account) {
        return home.server.isLocalDomain(account.domain()) || isBot(account) || client.rooms().contains(account)
            || client.sharesRoomWith(account);
    }

    private void invited(Invitation invitation) {
        if (!home.server.hasRoomsAt(invitation.room().domain()) || settings.paused()) {
            return;
        }
        if (!home.server.isOwner(invitation.room(), invitation.by())) {
            problems.note(invitation.by() + " invited it to " + invitation.room() + ", and does not own that room");
            if (invitation.mediated()) {
                home.surroundings.connection().send(
                    invitation.decline(client.self().toString(), "Only an owner of the room can invite a test bot."));
            }
            return;
        }
        boolean inside = client.isInside(invitation.room());
        if (!inside && rooms.get(invitation.room()).isEmpty() && rooms.all().size() >= OmemoClient.MOST_ROOMS) {
            problems.note("It is in too many rooms to follow an invitation to " + invitation.room());
            return;
        }
        boolean introduced = inside && rooms.get(invitation.room()).map(BotRooms.Entry::introduced).orElse(false);
        rooms.put(invitation.room(), new BotRooms.Entry(introduced, invitation.by(), invitation.password()));
        client.resume(invitation.room());
        attempts.remove(invitation.room());
        client.enter(invitation.room(), name, RoomVisit.Entry.invited(invitation.password()));
    }

    /**
     * Goes into a room in which it was before. The room may have been destroyed meanwhile, and made again by others, who
     * have invited nobody.
     */
    private void comeBack(BareJid room) {
        rooms.get(room).ifPresent(entry -> {
            if (home.server.isOwner(room, entry.by())) {
                client.enter(room, name, RoomVisit.Entry.again(entry.password()));
            } else {
                left(room, "there is no such room, or " + entry.by() + ", who has invited it, owns it no longer", true);
            }
        });
    }

    @Override
    public void entered(BareJid room) {
        attempts.remove(room);
        introductions.make(room);
    }

    @Override
    public void left(BareJid room, String why, boolean forGood) {
        problems.note("It is not in " + room + ": " + why);
        if (forGood) {
            rooms.remove(room);
            attempts.remove(room);
            introductions.forget(room);
            return;
        }
        int attempt = attempts.merge(room, 1, Integer::sum);
        later(ENTER_AGAIN.get(Math.min(attempt, ENTER_AGAIN.size()) - 1), () -> comeBack(room));
    }

    @Override
    public void read(Talk talk, Reading reading) {
        read.increment();
        if (!talk.inRoom()) {
            client.resume(talk.jid());
        }
        behaviour.read(this, talk, reading);
    }

    @Override
    public void unreadable(Talk talk, DeviceAddress from, Family family, String why) {
        unread.increment();
        behaviour.unreadable(talk, from, family);
    }

    @Override
    public void optedOut(Talk talk, BareJid by) {
        problems.note(by + " has opted out of encryption in " + talk.jid());
        Element message = Stanzas.stanza("message", talk.inRoom() ? "groupchat" : "chat", client.self().toString(),
            talk.jid().toString(), "opted-out-" + token());
        message.addElement("body").setText(String.format(OPTED_OUT, by));
        home.surroundings.connection().send(message);
    }

    @Override
    public void bounced(Element stanza) {
        problems.note("A message to " + Stanzas.attribute(stanza, "from") + " came back: " + Stanzas.condition(stanza));
    }

    @Override
    public void bundleChanged(Family family) {
        // Whoever asks gets the new one; nobody is subscribed.
    }

    @Override
    public void say(Talk talk, List<ContentElement> content) {
        if (talk.inRoom()) {
            introductions.make(talk.jid());
        }
        write(talk, content, sent -> { });
    }

    private void write(Talk talk, List<ContentElement> content, Consumer<Sent> then) {
        client.say(talk, content, settings.families(), sent -> {
            undecided.note(sent);
            then.accept(sent);
        });
    }

    /** Decides about a key, in every family. Any thread. */
    void decide(BareJid account, Fingerprint fingerprint, Trust trust) {
        lane.execute(() -> {
            client.devices().byFamily().values().forEach(device -> device.decide(account, fingerprint, trust));
            undecided.decide(account, fingerprint);
            // It may be the first one that may read what it is.
            rooms().forEach(introductions::make);
        });
    }

    @Override
    public Collection<BareJid> rooms() {
        return client.rooms().stream().filter(client::isInside).toList();
    }

    @Override
    public boolean isBot(BareJid account) {
        return account.domain().equals(client.self().bare().domain());
    }

    @Override
    public Instant now() {
        return home.surroundings.clock().instant();
    }

    @Override
    public void problem(String text) {
        problems.note(text);
    }

    @Override
    public String token() {
        return home.surroundings.token();
    }

    /** How long a message and its answer took last, if it measures that. Any thread. */
    Optional<Duration> roundTrip() {
        return behaviour.roundTrip();
    }

    /** How it is. Waits for the lane a moment at most. */
    BotState state() {
        Map<BareJid, Boolean> inside = new LinkedHashMap<>();
        List<String> report = lane.ask(() -> {
            rooms.all().keySet().forEach(room -> inside.put(room, client.isInside(room)));
            return behaviour.report();
        }).orElse(List.of("busy"));
        return new BotState(name, Optional.of(settings), BotState.Status.RUNNING, "", Map.copyOf(inside), read.sum(),
            unread.sum(), entrance.dropped(), undecided.all(), behaviour.roundTrip(), report, problems.list());
    }

    /**
     * Leaves all rooms, to come back when it is started again. One that belongs to another host now only falls silent: if
     * it left, the other would be out, too.
     */
    @Override
    public void close() {
        if (!closed) {
            lane.ask(() -> {
                client.close();
                closed = true;
                return closed;
            });
            closed = true;
        }
    }
}
