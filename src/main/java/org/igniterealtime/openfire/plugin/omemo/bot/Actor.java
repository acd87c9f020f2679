package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Somebody who plays a part in the self-test: a client that does what it is told, and remembers what it got. Its methods
 * wait for what they are to bring about, and are called from the thread of the test.
 */
final class Actor implements ClientEvents, Inhabitant {

    private static final int MOST_REMEMBERED = 1_000;
    private static final int MOST_WAITING = 5_000;

    private final String name;
    private final Duration patience;
    private final Lane lane;
    private final OmemoClient client;
    private final Outbox outbox;
    private final Function<Element, Element> answers;
    private final Problems problems;
    private final List<Element> received = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final Set<BareJid> inside = new HashSet<>();

    /**
     * @param self     the address that it sends from
     * @param patience how long it waits for what is to happen
     * @param answers  answers the requests that it gets
     */
    Actor(String name, Address self, Devices devices, Surroundings around, Duration patience,
            Function<Element, Element> answers) {
        this.name = name;
        this.patience = patience;
        this.answers = answers;
        problems = new Problems(around.clock(), text -> { });
        lane = around.lane(MOST_WAITING, failure -> problems.note("it failed: " + Bot.describe(failure)));
        outbox = new Outbox(around.connection());
        client = new OmemoClient(self, devices, lane, around.with(outbox), this, problems);
    }

    String name() {
        return name;
    }

    Address address() {
        return client.self();
    }

    Devices devices() {
        return client.devices();
    }

    Outbox outbox() {
        return outbox;
    }

    @Override
    public void receive(Element stanza) {
        lane.offer(() -> handle(stanza));
    }

    private void handle(Element stanza) {
        remember(received, stanza);
        switch (stanza.getName()) {
            case "presence" -> client.presence(stanza);
            case "message" -> client.message(stanza);
            default -> {
                String type = Stanzas.attribute(stanza, "type");
                if (type.equals("get") || type.equals("set")) {
                    outbox.send(answers.apply(stanza));
                } else {
                    client.answered(stanza);
                }
            }
        }
    }

    private <T> void remember(List<T> list, T one) {
        synchronized (received) {
            if (list.size() < MOST_REMEMBERED) {
                list.add(one);
            }
            received.notifyAll();
        }
    }

    @Override
    public void read(Talk talk, Reading reading) {
        remember(readings, reading);
    }

    @Override
    public void unreadable(Talk talk, DeviceAddress from, Family family, String why) {
        // It is among the problems.
    }

    @Override
    public void optedOut(Talk talk, BareJid by) {
        // Nobody in the test does.
    }

    @Override
    public void entered(BareJid room) {
        synchronized (received) {
            inside.add(room);
            received.notifyAll();
        }
    }

    @Override
    public void left(BareJid room, String why, boolean forGood) {
        problems.note("it is not in the room: " + why);
    }

    @Override
    public void bounced(Element stanza) {
        // It is among what was received.
    }

    @Override
    public void bundleChanged(Family family) {
        // Whoever publishes does so once; the test is short.
    }

    /** Asks to be let into a room. */
    void beginToEnter(BareJid room, boolean history, Optional<Consumer<Runnable>> create) {
        lane.execute(() -> client.enter(room, name, new RoomVisit.Entry(Optional.empty(), history, create)));
    }

    void awaitInside(BareJid room) throws StepException {
        await(() -> inside.contains(room) ? Optional.of(room) : Optional.empty(), "could not enter the room");
    }

    /** Goes into a room. */
    void enter(BareJid room) throws StepException {
        beginToEnter(room, false, Optional.empty());
        awaitInside(room);
    }

    void leave(BareJid room) throws StepException {
        lane.execute(() -> client.leave(room));
        synchronized (received) {
            inside.remove(room);
        }
        awaitReceived(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "type").equals("unavailable")
            && Stanzas.attribute(stanza, "from").startsWith(room.toString()), "was not told that it has left the room");
    }

    /** Writes to a room, and waits until that is sent. */
    Sent.Out say(BareJid room, List<ContentElement> content, Set<Family> families) throws StepException {
        return say(Talk.inRoom(room), content, families);
    }

    Sent.Out say(Talk talk, List<ContentElement> content, Set<Family> families) throws StepException {
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        lane.execute(() -> client.say(talk, content, families, sent::complete));
        Sent result = await(sent, "could not encrypt");
        if (result instanceof Sent.Out out) {
            return out;
        }
        throw failed("could not encrypt: " + ((Sent.Not) result).why());
    }

    /** The bundle to publish, as it is now. */
    Element bundle(Family family) throws StepException {
        return lane.ask(() -> client.devices().byFamily().get(family).bundle().toElement())
            .orElseThrow(() -> failed("does nothing any more"));
    }

    /** Asks something, and waits for the answer, which may be an error. */
    Element ask(String type, String to, Element payload) throws StepException {
        CompletableFuture<Optional<Element>> answer = new CompletableFuture<>();
        lane.execute(() -> client.requests().ask(type, client.self().toString(), to, payload, answer::complete));
        return await(answer, "got no answer from " + to).orElseThrow(() -> failed("got no answer from " + to));
    }

    /** The same, without waiting. On its lane. */
    void askOnLane(String type, String to, Element payload, Consumer<Optional<Element>> then) {
        client.requests().ask(type, client.self().toString(), to, payload, then);
    }

    /** Asks something that must be granted. */
    Element grant(String type, String to, Element payload) throws StepException {
        Element answer = ask(type, to, payload);
        if (!Stanzas.attribute(answer, "type").equals("result")) {
            throw failed("was refused by " + to + ": " + Stanzas.condition(answer));
        }
        return answer;
    }

    /** Has it fetch all device lists anew. */
    void forgetLists() {
        lane.execute(client::forgetLists);
    }

    Reading awaitReading(Predicate<Reading> wanted, String otherwise) throws StepException {
        return await(() -> readings.stream().filter(wanted).findFirst(), otherwise);
    }

    /** What it has read so far. */
    List<Reading> readings() {
        synchronized (received) {
            return List.copyOf(readings);
        }
    }

    Element awaitReceived(Predicate<Element> wanted, String otherwise) throws StepException {
        return await(() -> received.stream().filter(wanted).findFirst(), otherwise);
    }

    /** Whether a text was in anything that it got so far. */
    boolean hasReceived(String text) {
        List<Element> all;
        synchronized (received) {
            all = List.copyOf(received);
        }
        return all.stream().anyMatch(stanza -> stanza.asXML().contains(text));
    }

    /** Begins to remember anew. */
    void forget() {
        synchronized (received) {
            received.clear();
            readings.clear();
        }
    }

    private interface Look<T> {
        Optional<T> now();
    }

    private <T> T await(Look<T> look, String otherwise) throws StepException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (received) {
            for (;;) {
                Optional<T> found = look.now();
                if (found.isPresent()) {
                    return found.get();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw failed(otherwise);
                }
                try {
                    received.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw failed("was interrupted");
                }
            }
        }
    }

    private <T> T await(CompletableFuture<T> future, String otherwise) throws StepException {
        try {
            return future.get(patience.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw failed(otherwise);
        }
    }

    /** What it has seen, with what else went wrong for it. */
    StepException failed(String seen) {
        List<String> also = problems.list().stream().map(Problem::text).limit(5).toList();
        return StepException.failed(name + " " + seen + (also.isEmpty() ? "" : " (" + String.join("; ", also) + ")"));
    }

    /** Leaves all rooms. */
    @Override
    public void close() {
        lane.ask(() -> {
            Collection<BareJid> rooms = client.rooms();
            client.close();
            return rooms;
        });
    }
}
