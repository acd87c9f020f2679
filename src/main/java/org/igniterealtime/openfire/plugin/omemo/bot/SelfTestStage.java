package org.igniterealtime.openfire.plugin.omemo.bot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** What a self-test plays with, and how each step goes. */
final class SelfTestStage {

    /** In force in its room; what does not belong beside an encrypted message is refused, not removed. */
    private static final String POLICY = "enforce; families=0.4,0.8+; unlisted=refuse";
    private static final String LABEL = "OMEMO self-test";
    private static final Family OLD = Family.OMEMO_1;
    private static final Family NEW = Family.OMEMO_2;
    private static final Set<Family> BOTH = Devices.SPOKEN;

    private final BotHost host;
    private final SelfTestServer server;
    private final Surroundings around;
    private final String token;
    private final String nameA;
    private final String nameB;
    private Actor a;
    private Actor b;
    private Actor account;
    private SelfTestServer.LocalAccount login;
    private SelfTestServer.Temporary policy;
    private SelfTestRoom room;
    private int texts;

    SelfTestStage(BotHost host, SelfTestServer server) {
        this.host = host;
        this.server = server;
        around = host.surroundings();
        token = around.token();
        nameA = "selftest-" + token + "-a";
        nameB = "selftest-" + token + "-b";
    }

    /** The steps that must have passed before. */
    static Set<SelfTestStep> needs(SelfTestStep step) {
        return switch (step) {
            case BOTS, ACCOUNT, CLEAN_UP -> Set.of();
            case PUBLISH -> Set.of(SelfTestStep.ACCOUNT);
            case FETCH -> Set.of(SelfTestStep.BOTS, SelfTestStep.PUBLISH);
            case ROOM -> Set.of(SelfTestStep.BOTS);
            case ENTER -> Set.of(SelfTestStep.ROOM);
            case DEVICE_REMOVED -> Set.of(SelfTestStep.FETCH, SelfTestStep.ENTER);
            default -> Set.of(SelfTestStep.ENTER);
        };
    }

    void play(SelfTestStep step) throws StepException {
        switch (step) {
            case BOTS -> wakeBots();
            case ACCOUNT -> logIn();
            case PUBLISH -> publish();
            case FETCH -> fetch();
            case ROOM -> makeRoom();
            case ENTER -> enter();
            case MESSAGE_0_4 -> exchange(Set.of(OLD));
            case MESSAGE_0_8 -> exchange(Set.of(NEW));
            case RESTART -> restart();
            case OUT_OF_ORDER -> mixUp();
            case INSIDE_CONTENT -> react();
            case PLAINTEXT -> writePlainly();
            case WRONG_FAMILY -> writeLegacy();
            case LEAK -> leak();
            case DEVICE_REMOVED -> removeDevice();
            case CLEAN_UP -> cleanUp();
        }
    }

    private void wakeBots() throws StepException {
        a = wake(nameA);
        b = wake(nameB);
    }

    private Actor wake(String name) throws StepException {
        BareJid jid = BareJid.of(name + "@" + host.domain()).orElseThrow();
        try {
            Keeping keeping = Keeping.open(host.table(), name, jid, LABEL, BOTH, around, true);
            OwnNodes nodes = new OwnNodes(keeping.devices(), LABEL, host.version());
            Actor actor = new Actor(name, new Address(jid, "bot"), keeping.devices(), around, nodes::answer);
            host.admit(name, actor);
            return actor;
        } catch (IOException | OmemoException e) {
            throw StepException.failed("the keys of a bot cannot be kept: " + Keeping.why(e));
        }
    }

    /** What the account is sent before it can play is of no interest. */
    private void logIn() throws StepException {
        Actor[] actor = new Actor[1];
        try {
            login = server.openAccount(stanza -> {
                Actor playing = actor[0];
                if (playing != null) {
                    playing.receive(stanza);
                }
            });
        } catch (SelfTestServer.NoAccountException e) {
            throw StepException.notTested(e.getMessage());
        }
        Address self = Address.of(login.jid()).orElseThrow();
        account = new Actor("account-" + token, self, devices(self.bare()), around.with(login),
            request -> Stanzas.error(request, "cancel", "service-unavailable"));
        actor[0] = account;
        login.send(Stanzas.stanza("presence", "", login.jid(), self.bare().toString(), ""));
    }

    private Devices devices(BareJid jid) {
        return Devices.open(jid, LABEL, BOTH, family -> new InMemoryStore(), around.random(), around.clock(),
            DeviceSettings.DEFAULT.withBlindTrust());
    }

    private void publish() throws StepException {
        for (Family family : BOTH) {
            SelfTestKeys.publishList(account, family, List.of(account.devices()));
            SelfTestKeys.publishBundle(account, account.devices().byFamily().get(family));
        }
    }

    private void fetch() throws StepException {
        for (Family family : BOTH) {
            SelfTestKeys.check(a, account, family);
        }
    }

    private void makeRoom() throws StepException {
        String service = server.roomService()
            .orElseThrow(() -> StepException.notTested("the server has no chat service"));
        BareJid jid = BareJid.of("omemo-selftest-" + token + "@" + service).orElseThrow();
        policy = server.policy(jid, POLICY);
        room = new SelfTestRoom(jid, a);
        room.create();
    }

    private void enter() throws StepException {
        room.makeMember(b.address().bare());
        b.enter(room.jid());
        if (account != null) {
            room.makeMember(account.address().bare());
            account.enter(room.jid());
        }
    }

    private List<Actor> others(Actor one) {
        List<Actor> others = new ArrayList<>();
        for (Actor other : new Actor[] {a, b, account}) {
            if (other != null && other != one) {
                others.add(other);
            }
        }
        return others;
    }

    /** Everybody writes once, and all others read it. */
    private void exchange(Set<Family> families) throws StepException {
        for (Actor sender : others(null)) {
            String text = text();
            sender.say(room.jid(), List.of(ContentElement.body(text)), families);
            awaitBody(sender, text, families);
        }
    }

    private void awaitBody(Actor sender, String text, Set<Family> families) throws StepException {
        for (Actor reader : others(sender)) {
            reader.awaitReading(reading -> reading.content().body().filter(text::equals).isPresent()
                    && families.contains(reading.family()) && reading.from().jid().equals(sender.address().bare()),
                "could not read what " + sender.name() + " has written");
        }
    }

    /** Not to be guessed, so that whoever has it has got it from the room. */
    private String text() {
        return "text-" + around.token() + "-" + ++texts;
    }

    private void restart() throws StepException {
        host.depart(nameB);
        b = wake(nameB);
        b.enter(room.jid());
        String text = text();
        a.say(room.jid(), List.of(ContentElement.body(text)), BOTH);
        awaitBody(a, text, BOTH);
        String answer = text();
        b.outbox().hold();
        Element message;
        try {
            b.say(room.jid(), List.of(ContentElement.body(answer)), BOTH);
        } finally {
            message = only(b.outbox().release(), b);
        }
        for (Family family : BOTH) {
            if (encrypted(message, family).recipients().stream().flatMap(one -> one.keys().stream())
                    .anyMatch(key -> key.keyExchange())) {
                throw b.failed("has begun new sessions after its restart");
            }
        }
        b.outbox().send(message);
        awaitBody(b, answer, BOTH);
    }

    private static Element only(List<Element> held, Actor sender) throws StepException {
        if (held.size() != 1) {
            throw sender.failed("has sent " + held.size() + " messages in place of one");
        }
        return held.get(0);
    }

    private Encrypted encrypted(Element message, Family family) throws StepException {
        try {
            Optional<Element> element = Stanzas.child(message, Encrypted.ELEMENT, family.namespace());
            if (element.isEmpty()) {
                throw StepException.failed("a message has nothing of " + family.label());
            }
            return Encrypted.parse(element.get(), EncryptedLimits.DEFAULT);
        } catch (MalformedElementException e) {
            throw StepException.failed("a message is malformed: " + e.getMessage());
        }
    }

    private void mixUp() throws StepException {
        List<String> written = List.of(text(), text(), text());
        a.outbox().hold();
        List<Element> held;
        try {
            for (String text : written) {
                a.say(room.jid(), List.of(ContentElement.body(text)), BOTH);
            }
        } finally {
            held = a.outbox().release();
        }
        for (int index : new int[] {2, 0, 1}) {
            a.outbox().send(held.get(index));
        }
        for (String text : written) {
            awaitBody(a, text, BOTH);
        }
    }

    private void react() throws StepException {
        String id = text();
        Element reactions = Stanzas.element("reactions", "urn:xmpp:reactions:0").addAttribute("id", id);
        reactions.addElement("reaction").setText("\uD83D\uDC4D");
        Element marker = Stanzas.element("displayed", "urn:xmpp:chat-markers:0").addAttribute("id", id);
        a.say(room.jid(), List.of(ContentElement.of(reactions), ContentElement.of(marker)), BOTH);
        for (Actor reader : others(a)) {
            reader.awaitReading(reading -> reading.content().find("urn:xmpp:reactions:0", "reactions").isPresent()
                    && reading.content().find("urn:xmpp:chat-markers:0", "displayed")
                        .filter(element -> element.xml().contains(id)).isPresent(),
                "could not read a reaction and a marker");
            if (reader.hasReceived(id)) {
                throw reader.failed("found a reaction or a marker outside of the encryption");
            }
        }
    }

    private void writePlainly() throws StepException {
        List<String> written = new ArrayList<>();
        for (Actor sender : others(null)) {
            String text = text();
            written.add(text);
            Element message = message(sender);
            message.addElement("body").setText(text);
            sender.outbox().send(message);
            awaitBounce(sender, message, "plaintext-body");
        }
        b.leave(room.jid());
        b.forget();
        a.forget();
        b.beginToEnter(room.jid(), true, Optional.empty());
        a.awaitReceived(stanza -> stanza.getName().equals("presence")
            && Stanzas.attribute(stanza, "from").equals(room.jid() + "/" + b.name()), "does not see who enters");
        // A new message tells where the history ends.
        a.say(room.jid(), List.of(ContentElement.body(text())), BOTH);
        b.awaitInside(room.jid());
        for (String text : written) {
            for (Actor reader : others(null)) {
                if (reader.hasReceived(text) && !(reader == account && written.indexOf(text) == 2)) {
                    throw reader.failed("has got plaintext from the room");
                }
            }
        }
    }

    private Element message(Actor sender) {
        return Stanzas.stanza("message", "groupchat", sender.address().toString(), room.jid().toString(), text());
    }

    /** The error that sends a message back, with a finding. */
    private void awaitBounce(Actor sender, Element message, String code) throws StepException {
        String id = Stanzas.attribute(message, "id");
        Element bounce = sender.awaitReceived(stanza -> Stanzas.attribute(stanza, "type").equals("error")
            && Stanzas.attribute(stanza, "id").equals(id), "did not get its message back (" + code + ")");
        if (!bounce.asXML().contains("\"" + code + "\"")) {
            throw sender.failed("got its message back, but not for " + code + ": " + Stanzas.condition(bounce));
        }
    }

    private void writeLegacy() throws StepException {
        Element message = message(b);
        Element encrypted = message.addElement("encrypted", Family.LEGACY.namespace());
        Element header = encrypted.addElement("header").addAttribute("sid", "1");
        header.addElement("key").addAttribute("rid", "2").setText("A".repeat(88));
        header.addElement("iv").setText("A".repeat(16));
        encrypted.addElement("payload").setText("A".repeat(44));
        message.addElement("body").setText("This message is encrypted with OMEMO.");
        b.outbox().send(message);
        awaitBounce(b, message, "family-not-accepted");
    }

    private void leak() throws StepException {
        String secret = text();
        b.outbox().hold();
        Element message;
        try {
            b.say(room.jid(), List.of(ContentElement.body(text())), BOTH);
        } finally {
            message = only(b.outbox().release(), b);
        }
        message.addElement("x", "jabber:x:oob").addElement("url").setText("https://example.org/" + secret);
        b.outbox().send(message);
        awaitBounce(b, message, "unlisted-element");
        for (Actor reader : others(b)) {
            if (reader.hasReceived(secret)) {
                throw reader.failed("has got what stood readable beside an encrypted message");
            }
        }
    }

    private void removeDevice() throws StepException {
        Devices second = devices(account.address().bare());
        int id = second.any().own().address().deviceId();
        SelfTestKeys.publishBundle(account, second.byFamily().get(NEW));
        SelfTestKeys.publishList(account, NEW, List.of(account.devices(), second));
        if (!writesTo(id)) {
            throw a.failed("does not encrypt for a device that was put on the list");
        }
        SelfTestKeys.publishList(account, NEW, List.of(account.devices()));
        if (writesTo(id)) {
            throw a.failed("still encrypts for a device that was taken off the list");
        }
    }

    private boolean writesTo(int id) throws StepException {
        a.forgetLists();
        a.outbox().hold();
        Element message;
        String text = text();
        try {
            a.say(room.jid(), List.of(ContentElement.body(text)), Set.of(NEW));
        } finally {
            message = only(a.outbox().release(), a);
        }
        a.outbox().send(message);
        awaitBody(a, text, Set.of(NEW));
        return encrypted(message, NEW).recipients().stream().flatMap(one -> one.keys().stream())
            .anyMatch(key -> key.rid() == id);
    }

    /** Everything is tried, whatever fails; the first failure is told. */
    private void cleanUp() throws StepException {
        List<String> left = new ArrayList<>();
        attempt(left, () -> {
            if (room != null && a != null) {
                room.destroy();
            }
        });
        attempt(left, () -> {
            if (account != null) {
                account.close();
            }
            if (login != null) {
                login.close();
                if (server.hasAccount(account.address().bare())) {
                    throw StepException.failed("the account is still there");
                }
            }
        });
        attempt(left, () -> {
            host.dismiss(nameA);
            host.dismiss(nameB);
            try {
                if (host.table().bots().stream().anyMatch(bot -> bot.contains(token))) {
                    throw StepException.failed("keys of the bots are still there");
                }
            } catch (IOException e) {
                throw StepException.failed("the database cannot be asked whether keys of the bots are left");
            }
        });
        attempt(left, () -> {
            if (policy != null) {
                policy.close();
            }
        });
        if (!left.isEmpty()) {
            throw StepException.failed(String.join("; ", left));
        }
    }

    private interface Task {
        void run() throws StepException;
    }

    private static void attempt(List<String> left, Task task) {
        try {
            task.run();
        } catch (StepException e) {
            left.add(e.getMessage());
        } catch (RuntimeException e) {
            left.add("it failed: " + Bot.describe(e));
        }
    }
}
