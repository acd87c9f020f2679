package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.AccountOpening;
import org.igniterealtime.openfire.plugin.omemo.server.TemporaryAccount;

/** A person with an account of the server and a client that speaks OMEMO. */
final class Person implements AutoCloseable {

    /** With many prekeys: they are published once, so that two bots might take the same of a few. */
    private static final DeviceSettings SETTINGS = new DeviceSettings(500, DeviceSettings.DEFAULT.signedPreKeyPeriod(),
        true, DeviceSettings.DEFAULT.recoveryLimit());

    private final BotHouse house;
    private final TemporaryAccount account;
    private final Actor client;
    private int texts;

    private Person(BotHouse house, String nickname, Set<Family> families) {
        this.house = house;
        Actor[] actor = new Actor[1];
        account = ((AccountOpening.Opened) house.accounts().open(stanza -> {
            if (actor[0] != null) {
                actor[0].receive(stanza);
            }
        }, Locale.ENGLISH)).account();
        Address self = Address.of(account.jid()).orElseThrow();
        Surroundings around = house.outside(account);
        client = new Actor(nickname, self, Devices.open(self.bare(), "phone", families, family -> new InMemoryStore(),
            around.random(), around.clock(), SETTINGS), around, Duration.ofSeconds(5),
            request -> Stanzas.error(request, "cancel", "service-unavailable"));
        actor[0] = client;
        send(DocumentHelper.createElement("presence"));
    }

    /** Logs in, with keys that everybody can fetch. */
    static Person arrive(BotHouse house, String nickname) throws StepException {
        return arrive(house, nickname, Devices.SPOKEN);
    }

    static Person arrive(BotHouse house, String nickname, Set<Family> families) throws StepException {
        Person person = silent(house, nickname, families);
        for (Family family : families) {
            SelfTestKeys.publishList(person.client, family, List.of(person.client.devices()));
            SelfTestKeys.publishBundle(person.client, person.client.devices().byFamily().get(family),
                person.client.bundle(family));
        }
        return person;
    }

    /** Logs in, and publishes nothing. */
    static Person silent(BotHouse house, String nickname, Set<Family> families) {
        return new Person(house, nickname, families);
    }

    BareJid jid() {
        return client.address().bare();
    }

    Actor client() {
        return client;
    }

    void send(Element stanza) {
        account.send(stanza);
    }

    /** A new room of this person's: non-anonymous, for members only. */
    BareJid room(String name, BareJid... members) throws StepException {
        BareJid room = BareJid.of(house.server().room(name).membersOnly().nonAnonymous().persistent()
            .owners(jid().toString())
            .members(Arrays.stream(members).map(BareJid::toString).toArray(String[]::new)).create())
            .orElseThrow();
        client.enter(room);
        return room;
    }

    void enter(BareJid room) throws StepException {
        client.enter(room);
    }

    /** Invites by way of the room. */
    void invite(BareJid guest, BareJid room) {
        Element message = Stanzas.stanza("message", "", client.address().toString(), room.toString(), "");
        message.addElement("x", Stanzas.MUC_USER).addElement("invite").addAttribute("to", guest.toString());
        send(message);
    }

    void inviteDirectly(BareJid guest, BareJid room) {
        Element message = Stanzas.stanza("message", "", client.address().toString(), guest.toString(), "");
        message.addElement("x", "jabber:x:conference").addAttribute("jid", room.toString());
        send(message);
    }

    /** Changes an affiliation, as an owner or admin. */
    void affiliate(BareJid room, BareJid who, String affiliation) throws StepException {
        Element query = Stanzas.element("query", Stanzas.MUC_ADMIN);
        query.addElement("item").addAttribute("affiliation", affiliation).addAttribute("jid", who.toString());
        client.grant("set", room.toString(), query);
    }

    void kick(BareJid room, String nick) throws StepException {
        Element query = Stanzas.element("query", Stanzas.MUC_ADMIN);
        query.addElement("item").addAttribute("role", "none").addAttribute("nick", nick);
        client.grant("set", room.toString(), query);
    }

    /** Writes to a room, encrypted, a text that nobody has used before. */
    String write(BareJid room) throws StepException {
        return write(room, "text " + client.name() + " " + ++texts, Devices.SPOKEN);
    }

    String write(BareJid room, String text, Set<Family> families) throws StepException {
        client.say(room, List.of(ContentElement.body(text)), families);
        return text;
    }

    /** Writes to somebody alone. */
    void whisper(BareJid to, String text) throws StepException {
        client.say(Talk.with(to), List.of(ContentElement.body(text)), Devices.SPOKEN);
    }

    /** A message to a room, encrypted but not sent. */
    Element hold(BareJid room) throws StepException {
        List<Element> held;
        client.outbox().hold();
        try {
            write(room);
        } finally {
            held = client.outbox().release();
        }
        return held.get(0);
    }

    /** Its device. */
    DeviceAddress device() {
        return client.devices().any().own().address();
    }

    /** How many messages it has read so far. */
    long count(Predicate<Reading> wanted) {
        return client.readings().stream().filter(wanted).count();
    }

    /** Waits for an encrypted message of somebody, with this in its body. */
    Reading read(BareJid from, String part) throws StepException {
        return read(reading -> reading.from().jid().equals(from)
            && reading.content().body().filter(body -> body.contains(part)).isPresent(), "'" + part + "' of " + from);
    }

    Reading read(Predicate<Reading> wanted, String what) throws StepException {
        return client.awaitReading(wanted, "has not read " + what);
    }

    Element receive(Predicate<Element> wanted, String what) throws StepException {
        return client.awaitReceived(wanted, "has not got " + what);
    }

    /** An encrypted message to a room of an occupant, as it was on the wire, once it has come. */
    Encrypted wire(BareJid room, String nick, Family family, Predicate<Encrypted> wanted) throws Exception {
        Encrypted[] found = new Encrypted[1];
        receive(stanza -> {
            if (!stanza.getName().equals("message") || !(room + "/" + nick).equals(stanza.attributeValue("from"))) {
                return false;
            }
            return Stanzas.child(stanza, Encrypted.ELEMENT, family.namespace()).map(element -> {
                try {
                    found[0] = Encrypted.parse(element, EncryptedLimits.DEFAULT);
                    return wanted.test(found[0]);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }).orElse(false);
        }, "an encrypted message of " + nick);
        return found[0];
    }

    static boolean isFor(Encrypted message, BareJid account) {
        return message.recipients().stream().anyMatch(one -> one.jid().filter(account::equals).isPresent()
            && !one.keys().isEmpty());
    }

    @Override
    public void close() {
        client.close();
        account.close();
    }
}
