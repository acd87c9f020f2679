package org.igniterealtime.openfire.plugin.omemo.bot;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** Those who play in a self-test, and their room: what has to come to life before, and must be gone afterwards. */
final class SelfTestCast {

    /** In force in its room; what does not belong beside an encrypted message is refused, not removed. */
    private static final String POLICY = "enforce; families=0.4,0.8+; unlisted=refuse";
    private static final String LABEL = "OMEMO self-test";

    /** The families that all of them speak. */
    static final Set<Family> BOTH = Devices.SPOKEN;

    private final BotHost host;
    private final SelfTestServer server;
    private final Duration patience;
    private final Surroundings around;
    private final String token;
    private final String nameA;
    private final String nameB;
    private Actor a;
    private Actor b;
    private Actor account;
    private boolean accountReadable;
    private SelfTestServer.LocalAccount login;
    private SelfTestServer.Temporary policy;
    private SelfTestRoom room;
    private int texts;

    SelfTestCast(BotHost host, SelfTestServer server, Duration patience) {
        this.patience = patience;
        this.host = host;
        this.server = server;
        around = host.surroundings();
        token = around.token();
        nameA = "selftest-" + token + "-a";
        nameB = "selftest-" + token + "-b";
    }

    /** The bot that owns the room. */
    Actor a() {
        return a;
    }

    /** The other bot. */
    Actor b() {
        return b;
    }

    /** The local account, if there is one. */
    Optional<Actor> account() {
        return Optional.ofNullable(account);
    }

    BareJid room() {
        return room.jid();
    }

    void wakeBots() throws StepException {
        host.expect(nameA);
        host.expect(nameB);
        a = wake(nameA);
        b = wake(nameB);
    }

    private Actor wake(String name) throws StepException {
        BareJid jid = BareJid.of(name + "@" + host.domain()).orElseThrow();
        try {
            Keeping keeping = Keeping.open(host.table(), name, jid, LABEL, BOTH, around, true);
            OwnNodes nodes = new OwnNodes(keeping.devices(), LABEL, host.version());
            Actor actor = new Actor(name, new Address(jid, "bot"), keeping.devices(), around, patience,
                nodes::answer);
            host.admit(name, actor);
            return actor;
        } catch (IOException | OmemoException e) {
            throw StepException.failed("the keys of a bot cannot be kept: " + Keeping.why(e));
        }
    }

    /** What the account is sent before it can play is of no interest. */
    void logIn() throws StepException {
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
        account = new Actor("account-" + token, self, devices(self.bare()), around.with(login), patience,
            request -> Stanzas.error(request, "cancel", "service-unavailable"));
        actor[0] = account;
        login.send(Stanzas.stanza("presence", "", login.jid(), self.bare().toString(), ""));
    }

    private Devices devices(BareJid jid) {
        return Devices.open(jid, LABEL, BOTH, family -> new InMemoryStore(), around.random(), around.clock(),
            DeviceSettings.DEFAULT.withBlindTrust());
    }

    void publish() throws StepException {
        for (Family family : BOTH) {
            SelfTestKeys.publishList(account, family, List.of(account.devices()));
            publishBundle(family);
        }
    }

    private void publishBundle(Family family) throws StepException {
        SelfTestKeys.publishBundle(account, account.devices().byFamily().get(family), account.bundle(family));
    }

    /** Publishes the account's bundle without the prekeys that were used: the next one to write might take the same. */
    void publishAgain(Family family) throws StepException {
        if (accountReadable) {
            publishBundle(family);
        }
    }

    void fetch() throws StepException {
        for (Family family : BOTH) {
            SelfTestKeys.check(a, account, family);
        }
        accountReadable = true;
    }

    void makeRoom() throws StepException {
        String service = server.roomService()
            .orElseThrow(() -> StepException.notTested("the server has no chat service"));
        BareJid jid = BareJid.of("omemo-selftest-" + token + "@" + service).orElseThrow();
        policy = server.policy(jid, POLICY);
        room = new SelfTestRoom(jid, a);
        try (SelfTestServer.Temporary permission = server.permitRooms(service, a.address().bare())) {
            room.create();
        }
    }

    /** The account stays away where its keys cannot be read: nobody could write to it, and each step would fail for that. */
    void enter() throws StepException {
        room.makeMember(b.address().bare());
        b.enter(room.jid());
        if (accountReadable) {
            room.makeMember(account.address().bare());
            account.enter(room.jid());
        }
    }

    /** Everything is tried, whatever fails; the first failure is told. */
    void cleanUp() throws StepException {
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
        } catch (RuntimeException | Error e) {
            left.add("it failed: " + Bot.describe(e));
        }
    }

    /** All in the room but one. */
    List<Actor> others(Actor one) {
        return (accountReadable ? Stream.of(a, b, account) : Stream.of(a, b)).filter(other -> other != one).toList();
    }

    /** The other bot goes, and comes back with what is stored. */
    void restartB() throws StepException {
        host.depart(nameB);
        b = wake(nameB);
        b.enter(room.jid());
    }

    /** A second device of the account. */
    Devices secondDevice() {
        return devices(account.address().bare());
    }

    /** Not to be guessed, so that whoever has it has got it from the room. */
    String text() {
        return "text-" + around.token() + "-" + ++texts;
    }

    void awaitBody(Actor sender, String text, Set<Family> families) throws StepException {
        for (Actor reader : others(sender)) {
            reader.awaitReading(reading -> reading.content().body().filter(text::equals).isPresent()
                    && families.contains(reading.family()) && reading.from().jid().equals(sender.address().bare()),
                "could not read what " + sender.name() + " has written");
        }
    }
}
