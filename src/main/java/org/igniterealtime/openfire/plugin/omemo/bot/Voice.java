package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
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
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Writes encrypted messages, one after the other: asks who is to read it, fetches their device lists and the bundles of
 * devices without a session, encrypts in every family and sends it in one stanza. Used on the client's lane only.
 */
final class Voice {

    /** So many messages may wait. */
    static final int MOST_WAITING = 100;

    private static final String FALLBACK = "This message is encrypted with OMEMO.";

    /** Tells who belongs to a conversation, when it has found out. */
    interface Readers {
        void of(Talk talk, Consumer<Collection<BareJid>> then);
    }

    private record Task(Talk talk, List<ContentElement> content, Set<Family> families, Consumer<Sent> then) {
    }

    private final Address self;
    private final Devices devices;
    private final PeerKeys keys;
    private final StanzaConnection connection;
    private final Consumer<Runnable> whenPatienceEnds;
    private final Readers readers;
    private final Problems problems;
    private final String prefix;
    private final Queue<Task> queue = new ArrayDeque<>();
    private boolean busy;
    private boolean held;
    private long last;

    /** @param whenPatienceEnds does something on the lane when it has been waited long enough for answers */
    Voice(Address self, Devices devices, PeerKeys keys, StanzaConnection connection,
            Consumer<Runnable> whenPatienceEnds, Readers readers, Problems problems, String prefix) {
        this.self = self;
        this.devices = devices;
        this.keys = keys;
        this.connection = connection;
        this.whenPatienceEnds = whenPatienceEnds;
        this.readers = readers;
        this.problems = problems;
        this.prefix = prefix;
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

    private Gathering gathering(Runnable then) {
        Gathering gathering = new Gathering(then);
        whenPatienceEnds.accept(() -> {
            if (!gathering.isOver()) {
                keys.stopWaiting();
                gathering.end();
            }
        });
        return gathering;
    }

    private void refreshLists(Collection<BareJid> accounts, Runnable then) {
        Gathering gathering = gathering(then);
        for (Family family : devices.byFamily().keySet()) {
            for (BareJid account : accounts) {
                if (keys.isListDue(account, family)) {
                    gathering.expect();
                    keys.fetchList(account, family, gathering::arrive);
                }
            }
        }
        gathering.close();
    }

    private void fetchBundles(Task task, Collection<BareJid> accounts) {
        Conversation conversation = task.talk.inRoom()
            ? Conversation.inRoom(task.talk.jid(), accounts) : Conversation.with(task.talk.jid());
        Map<Family, Map<DeviceAddress, Bundle>> bundles = new EnumMap<>(Family.class);
        Gathering gathering = gathering(() -> encrypt(task, conversation, bundles));
        spoken(task).forEach((family, device) -> {
            Map<DeviceAddress, Bundle> found = new HashMap<>();
            bundles.put(family, found);
            for (DeviceAddress address : device.bundlesNeeded(conversation)) {
                if (keys.mayFetchBundle(address, family)) {
                    gathering.expect();
                    keys.fetchBundle(address, family, bundle -> {
                        found.put(address, bundle);
                        gathering.arrive();
                    }, gathering::arrive);
                }
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
                keys.useless(address, entry.getKey(), "has a broken bundle: " + reason.name().toLowerCase(Locale.ROOT)));
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
        Set<BareJid> reached = messages.values().stream().flatMap(message -> message.recipients().stream())
            .flatMap(recipient -> recipient.jid().stream()).collect(Collectors.toSet());
        return new Sent.Out(send(task.talk, messages), reached, leftOut);
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
