package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.Conversation;
import org.igniterealtime.openfire.plugin.omemo.core.session.LeftOut;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.session.Outgoing;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Writes encrypted messages, one after the other: asks who is to read it, fetches their device lists and the bundles of
 * devices without a session, encrypts in every family and sends it in one stanza. Used on the client's lane only.
 */
final class Voice {

    /** A device list is fetched again when it is older, since nobody tells a client outside the roster of changes. */
    static final Duration LIST_LASTS = Duration.ofMinutes(1);

    /** So many messages may wait. */
    static final int MOST_WAITING = 100;

    /** So many devices of an account are written to: those that stand first on its list. */
    static final int MOST_DEVICES = 100;

    private static final int MOST_REMEMBERED = 10_000;
    private static final String FALLBACK = "This message is encrypted with OMEMO.";

    /** Tells who belongs to a conversation, when it has found out. */
    interface Readers {
        void of(Talk talk, Consumer<Collection<BareJid>> then);
    }

    private record Task(Talk talk, List<ContentElement> content, Set<Family> families, Consumer<Sent> then) {
    }

    private record ListKey(BareJid account, Family family) {
    }

    private record BundleKey(DeviceAddress device, Family family) {
    }

    private final Address self;
    private final Devices devices;
    private final KeyFetch keys;
    private final StanzaConnection connection;
    private final InstantSource clock;
    private final Readers readers;
    private final Problems problems;
    private final String prefix;
    private final Queue<Task> queue = new ArrayDeque<>();
    private final Map<ListKey, Instant> lists = remembered();
    private final Map<BundleKey, Instant> useless = remembered();
    private boolean busy;
    private boolean held;
    private long last;

    Voice(Address self, Devices devices, KeyFetch keys, StanzaConnection connection, InstantSource clock,
            Readers readers, Problems problems, String prefix) {
        this.self = self;
        this.devices = devices;
        this.keys = keys;
        this.connection = connection;
        this.clock = clock;
        this.readers = readers;
        this.problems = problems;
        this.prefix = prefix;
    }

    private static <K> Map<K, Instant> remembered() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
                return size() > MOST_REMEMBERED;
            }
        };
    }

    /** Sends content, after what waits, in those of these families that it speaks. */
    void say(Talk talk, List<ContentElement> content, Set<Family> families, Consumer<Sent> then) {
        if (queue.size() >= MOST_WAITING) {
            then.accept(new Sent.Not("too-much-waits", Map.of()));
            return;
        }
        queue.add(new Task(talk, content, families, then));
        next();
    }

    /** Nothing is encrypted until {@link #resume}: what was missed is read first. */
    void hold() {
        held = true;
    }

    void resume() {
        held = false;
        next();
    }

    private void next() {
        if (busy || held || queue.isEmpty()) {
            return;
        }
        busy = true;
        Task task = queue.remove();
        readers.of(task.talk, accounts -> refreshLists(accounts, () -> fetchBundles(task, accounts)));
    }

    private void refreshLists(Collection<BareJid> accounts, Runnable then) {
        Gathering gathering = new Gathering(then);
        for (Family family : devices.byFamily().keySet()) {
            for (BareJid account : accounts) {
                if (!isRecent(lists.get(new ListKey(account, family)))) {
                    gathering.expect();
                    fetchList(account, family, gathering::arrive);
                }
            }
        }
        gathering.close();
    }

    private boolean isRecent(Instant time) {
        return time != null && !time.isBefore(clock.instant().minus(LIST_LASTS));
    }

    /** Fetches an account's list and takes it over. */
    void fetchList(BareJid account, Family family, Runnable then) {
        keys.devices(account, family, fetched -> {
            OmemoDevice device = devices.byFamily().get(family);
            if (fetched.state() == Fetched.State.UNKNOWN) {
                problems.note("The device list of " + account + " (" + family.label() + ") cannot be fetched: "
                    + fetched.why());
            } else {
                if (fetched.state() == Fetched.State.BROKEN) {
                    problems.note("The device list of " + account + " (" + family.label() + ") is broken: "
                        + fetched.why());
                }
                takeOver(device, account, fetched.value().orElseGet(() -> new DeviceList(family, List.of())));
            }
            then.run();
        });
    }

    private void takeOver(OmemoDevice device, BareJid account, DeviceList list) {
        lists.put(new ListKey(account, list.family()), clock.instant());
        List<Device> all = list.devices();
        if (all.size() > MOST_DEVICES) {
            problems.note(account + " has " + all.size() + " devices (" + list.family().label() + "), of which "
                + MOST_DEVICES + " are written to");
        }
        device.takeOver(account,
            new DeviceList(list.family(), all.subList(0, Math.min(MOST_DEVICES, all.size()))));
    }

    /** The next message asks again which devices there are. */
    void forgetLists() {
        lists.clear();
        useless.clear();
    }

    private void fetchBundles(Task task, Collection<BareJid> accounts) {
        Conversation conversation = task.talk.inRoom()
            ? Conversation.inRoom(task.talk.jid(), accounts) : Conversation.with(task.talk.jid());
        Map<Family, Map<DeviceAddress, Bundle>> bundles = new EnumMap<>(Family.class);
        Gathering gathering = new Gathering(() -> encrypt(task, conversation, bundles));
        spoken(task).forEach((family, device) -> {
            Map<DeviceAddress, Bundle> found = new HashMap<>();
            bundles.put(family, found);
            for (DeviceAddress address : device.bundlesNeeded(conversation)) {
                if (isRecent(useless.get(new BundleKey(address, family)))) {
                    continue;
                }
                gathering.expect();
                fetchBundle(address, family, bundle -> {
                    found.put(address, bundle);
                    gathering.arrive();
                }, gathering::arrive);
            }
        });
        gathering.close();
    }

    private Map<Family, OmemoDevice> spoken(Task task) {
        Map<Family, OmemoDevice> spoken = new EnumMap<>(Family.class);
        spoken.putAll(devices.byFamily());
        spoken.keySet().retainAll(task.families);
        return spoken;
    }

    /** Fetches a device's bundle; what is not there or broken is noted. */
    void fetchBundle(DeviceAddress address, Family family, Consumer<Bundle> then, Runnable otherwise) {
        keys.bundle(address, family, fetched -> {
            switch (fetched.state()) {
                case FOUND -> then.accept(fetched.value().orElseThrow());
                case UNKNOWN -> problems.note("The bundle of device " + address + " (" + family.label()
                    + ") cannot be fetched: " + fetched.why());
                case NOTHING -> missing(address, family, "has no bundle");
                case BROKEN -> missing(address, family, "has a broken bundle: " + fetched.why());
            }
            if (fetched.state() != Fetched.State.FOUND) {
                otherwise.run();
            }
        });
    }

    private void missing(DeviceAddress address, Family family, String what) {
        problems.note("Device " + address + " (" + family.label() + ") " + what);
        useless.put(new BundleKey(address, family), clock.instant());
        devices.byFamily().get(family).bundleMissing(address);
    }

    private void encrypt(Task task, Conversation conversation, Map<Family, Map<DeviceAddress, Bundle>> bundles) {
        // What could not be stored was not encrypted; the failure goes on to the lane.
        Sent sent = new Sent.Not("failure", Map.of());
        try {
            sent = encryptAndSend(task, conversation, bundles);
        } finally {
            busy = false;
            try {
                task.then.accept(sent);
            } finally {
                next();
            }
        }
    }

    private Sent encryptAndSend(
            Task task, Conversation conversation, Map<Family, Map<DeviceAddress, Bundle>> bundles) {
        Map<Family, LeftOut> leftOut = new EnumMap<>(Family.class);
        Map<Family, Encrypted> messages = new EnumMap<>(Family.class);
        String why = "nothing-spoken";
        for (Map.Entry<Family, OmemoDevice> entry : spoken(task).entrySet()) {
            Outgoing outgoing =
                entry.getValue().encrypt(conversation, task.content, bundles.getOrDefault(entry.getKey(), Map.of()));
            leftOut.put(entry.getKey(), outgoing.leftOut());
            outgoing.leftOut().invalidBundles().forEach((address, reason) ->
                missing(address, entry.getKey(), "has a broken bundle: " + reason.name().toLowerCase(Locale.ROOT)));
            outgoing.identityChanges().forEach(change -> problems.note("Device " + change.device() + " ("
                + entry.getKey().label() + ") has another identity key than before"));
            if (outgoing instanceof Outgoing.Ready ready) {
                messages.put(entry.getKey(), ready.message());
            } else if (outgoing instanceof Outgoing.Withheld withheld) {
                why = withheld.cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
        noteUnreached(leftOut);
        if (messages.isEmpty()) {
            problems.note("Nothing was written to " + conversation.jid() + ": " + why);
            return new Sent.Not(why, leftOut);
        }
        return new Sent.Out(send(task.talk, messages), leftOut);
    }

    /** Who has no device in any family, and whose keys wait for a decision. */
    private void noteUnreached(Map<Family, LeftOut> leftOut) {
        leftOut.values().stream().flatMap(one -> one.withoutDevices().stream())
            .collect(Collectors.groupingBy(account -> account, Collectors.counting()))
            .forEach((account, times) -> {
                if (times == leftOut.size()) {
                    problems.note("Nothing can be encrypted for " + account + ": no device of "
                        + leftOut.keySet().stream().map(Family::label).collect(Collectors.joining(" or ")));
                }
            });
        leftOut.forEach((family, left) -> left.undecided().keySet().forEach(device ->
            problems.note("Device " + device + " (" + family.label() + ") waits for a trust decision")));
    }

    private String send(Talk talk, Map<Family, Encrypted> messages) {
        Element message = message(talk.inRoom() ? "groupchat" : "chat", talk.jid().toString());
        message.addElement("body").setText(FALLBACK);
        messages.values().forEach(encrypted -> message.add(encrypted.toElement()));
        Family last = messages.keySet().stream().reduce((first, second) -> second).orElseThrow();
        Element encryption = message.addElement("encryption", "urn:xmpp:eme:0");
        encryption.addAttribute("namespace", last.namespace()).addAttribute("name", "OMEMO");
        message.addElement("store", "urn:xmpp:hints");
        connection.send(message);
        return Stanzas.attribute(message, "id");
    }

    /** Sends an empty message: the answer to a key exchange, a heartbeat, a recovery. */
    void sendEmpty(Outgoing outgoing, String to) {
        if (outgoing instanceof Outgoing.Ready ready) {
            sendEmpty(ready.message(), to);
        }
    }

    void sendEmpty(Encrypted encrypted, String to) {
        Element message = message("chat", to);
        message.add(encrypted.toElement());
        message.addElement("store", "urn:xmpp:hints");
        connection.send(message);
    }

    private Element message(String type, String to) {
        return Stanzas.stanza("message", type, self.toString(), to, prefix + "m" + ++last);
    }
}
