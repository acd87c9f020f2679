package org.igniterealtime.openfire.plugin.omemo.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestComponent;
import org.igniterealtime.openfire.plugin.omemo.server.Commands;
import org.igniterealtime.openfire.plugin.omemo.server.PublishedKeys;

/**
 * The plugin's main job, played with real clients: an operator marks a room as encrypted, and from then on no plaintext
 * enters it. The server has the plugin loaded.
 */
final class MainJob {

    static final List<String> MEMBERS = List.of("alice", "bob", "carol");
    static final String PASSWORD = "secret";

    /** A bot's name, and its nickname in the room. */
    static final String BOT = "echo";

    /** A step of the self-test, as the command shows it. */
    private static final Pattern SELF_TEST_STEP =
        Pattern.compile("[a-z0-9-]+: (?<verdict>.+), \\d+ ms - (?<name>.+)");

    private static final int PATIENCE_SECONDS = 10;
    private static final String LATECOMER = "dave";
    private static final String GATEWAY = "gateway";
    private static final String BRIDGED = "erin@" + GATEWAY + '.';

    private final EmbeddedOpenfire server;
    private final Map<String, TestClient> clients = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private String room;
    private int messages;

    private MainJob(EmbeddedOpenfire server) {
        this.server = server;
    }

    /** Plays all steps; the room {@code board}, its members and their accounts stay. */
    static List<Step> play(EmbeddedOpenfire server) throws IOException {
        MainJob job = new MainJob(server);
        try {
            job.open();
            job.playInModes();
            job.playEncrypted();
            job.playComponent();
            job.playHistory();
            job.playKeys();
            job.playBot();
            job.playSelfTest();
        } finally {
            job.clients.values().forEach(TestClient::close);
        }
        return job.steps;
    }

    private void open() {
        MEMBERS.forEach(name -> server.createUser(name, PASSWORD));
        server.createUser(LATECOMER, PASSWORD);
        room = server.room("board").membersOnly().nonAnonymous().persistent().owners("alice")
            .members("bob", "carol", LATECOMER, BRIDGED + server.domain()).create();
        for (String name : MEMBERS) {
            clients.put(name, enter(name));
        }
    }

    private TestClient enter(String name) {
        TestClient client = TestClient.login(server, name, PASSWORD);
        client.joinRoom(room, name);
        return client;
    }

    private void playInModes() {
        policy("enforce");
        step("enforce: alice sends OMEMO 0.4", "alice", encrypted("urn:xmpp:omemo:1"),
            "reached bob, carol with our own text beside it");
        step("enforce: bob sends plaintext", "bob", "<body>REFUSED</body>", "refused: plaintext-body");
        policy("warn");
        step("warn: bob sends plaintext", "bob", "<body>let through</body>", "reached alice, carol; bob was warned");
        policy("observe");
        double before = violations();
        step("observe: bob sends plaintext", "bob", "<body>let through</body>", "reached alice, carol");
        steps.add(new Step("observe: it was counted", "1", String.valueOf(Math.round(violations() - before))));
        policy("off");
        step("off: bob sends plaintext", "bob", "<body>let through</body>", "reached alice, carol");
    }

    private void playEncrypted() {
        policy("enforce; families=0.4");
        step("only 0.4 accepted: carol sends legacy OMEMO", "carol",
            encrypted("eu.siacs.conversations.axolotl") + "<body>REFUSED</body>", "refused: family-not-accepted");
        policy("enforce");
        step("enforce: carol sends a malformed <encrypted>", "carol",
            "<encrypted xmlns='urn:xmpp:omemo:1'><header sid='0'/><payload>REFUSED</payload></encrypted>",
            "refused: malformed-header");
        step("enforce: alice sends plaintext beside OMEMO", "alice",
            encrypted("urn:xmpp:omemo:1") + "<body>REFUSED</body><subject>REFUSED</subject>",
            "reached bob, carol with our own text beside it");
    }

    private void playComponent() throws IOException {
        try (TestComponent gateway = TestComponent.connect(server, GATEWAY)) {
            String from = "from='" + BRIDGED + server.domain() + "'";
            gateway.sendRaw("<presence " + from + " to='" + room + "/erin'>"
                + "<x xmlns='http://jabber.org/protocol/muc'/></presence>");
            gateway.await(stanza -> stanza.isPresence() && stanza.xml().contains("110"));
            gateway.barrier();
            gateway.forget();
            clients.values().forEach(TestClient::forget);
            gateway.sendRaw("<message " + from + " to='" + room + "' type='groupchat' id='g1'>"
                + "<body>REFUSED</body></message>");
            gateway.barrier();
            steps.add(new Step("enforce: a component, without a session, sends plaintext", "refused: plaintext-body",
                outcome("the component", gateway.received(Received::isMessage))));
        }
    }

    private void playHistory() {
        try (TestClient latecomer = enter(LATECOMER)) {
            latecomer.barrier();
            String history = latecomer.receivedXml();
            steps.add(new Step("dave enters later and reads the history", "what was let through, nothing refused",
                history.contains("REFUSED") ? "what was refused"
                    : history.contains("let through") ? "what was let through, nothing refused" : "nothing"));
        }
    }

    private void playKeys() {
        TestClient alice = clients.get("alice");
        alice.request("type='set'", PublishedKeys.publish(PublishedKeys.listNode(PublishedKeys.OMEMO_1), "current",
            PublishedKeys.list(PublishedKeys.OMEMO_1, 31), PublishedKeys.MAX));
        String node = PublishedKeys.bundleNode(PublishedKeys.OMEMO_1, 31);
        Received published = alice.request("type='set'", PublishedKeys.publish(node, "31",
            PublishedKeys.bundle(PublishedKeys.OMEMO_1), PublishedKeys.MAX));
        steps.add(new Step("alice publishes a bundle of 0.4 with max_items=max", "result", published.type()));
        Received bundle = clients.get("carol").request("type='get' to='" + alice.bareJid() + "'",
            PublishedKeys.items(node, "<item id='31'/>"));
        steps.add(new Step("carol, a stranger to alice, asks for it", "the bundle",
            bundle.xml().contains("<spks>") ? "the bundle" : bundle.type()));
        Received keys = clients.get("bob").request("type='get' to='" + room + "'",
            "<keys xmlns='urn:igniterealtime:openfire:omemo:0'/>");
        steps.add(new Step("bob asks the room for all its members' keys", "the bundle",
            keys.xml().contains("<spks>") ? "the bundle" : keys.type()));
    }

    /** Alice owns the room, and invites the bot from her own client. */
    private void playBot() {
        server.setProperty("plugin.omemo.bot." + BOT, "echo; trust=blind");
        TestClient alice = clients.get("alice");
        String bot = BOT + "@omemo-bots." + server.domain();
        awaitAnswer(alice, bot);
        alice.forget();
        alice.sendRaw("<message to='" + room + "'><x xmlns='http://jabber.org/protocol/muc#user'><invite to='" + bot
            + "'/></x></message>");
        Received entered = alice.await(stanza -> stanza.isPresence() && stanza.from().equals(room + "/" + BOT));
        steps.add(new Step("alice invites an echo bot that lives in the server", "it enters",
            entered.type().isEmpty() && entered.xml().contains(bot) ? "it enters" : entered.xml()));
        Received introduction = alice.awaitMessage(message -> message.from().equals(room + "/" + BOT));
        steps.add(new Step("it says what it is", "encrypted for alice's device",
            introduction.xml().contains("rid=\"31\"") ? "encrypted for alice's device" : introduction.xml()));
    }

    /** A bot is there as soon as it answers. */
    static void awaitAnswer(TestClient client, String bot) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!client.request("type='get' to='" + bot + "'", "<ping xmlns='urn:xmpp:ping'/>").type().equals("result")) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("There is no bot " + bot);
            }
        }
    }

    /** As an admin does it, by the ad-hoc command. */
    private void playSelfTest() {
        try (TestClient admin = TestClient.login(server, "admin", EmbeddedOpenfire.ADMIN_PASSWORD)) {
            Commands.Answer answer = Commands.carryOut(admin, "self-test", Map.of("action", "run"));
            for (String line : answer.lines("steps")) {
                Matcher step = SELF_TEST_STEP.matcher(line);
                if (step.matches()) {
                    steps.add(new Step("self-test: " + step.group("name"), "passed", step.group("verdict")));
                }
            }
            steps.add(new Step("self-test, as a whole", "passed", answer.line("state")));
        }
    }

    private void policy(String line) {
        server.setProperty("plugin.omemo.policy.room." + room, line);
    }

    private void step(String what, String sender, String content, String expected) {
        clients.values().forEach(TestClient::forget);
        TestClient client = clients.get(sender);
        client.sendRaw("<message to='" + room + "' type='groupchat' id='m" + ++messages + "'>" + content
            + "</message>");
        client.barrier();
        steps.add(new Step(what, expected, outcome(sender, client.messages())));
    }

    /** What came of the last message, in words. */
    private String outcome(String sender, List<Received> toSender) {
        clients.values().forEach(TestClient::barrier);
        String reached = clients.entrySet().stream()
            .filter(client -> !client.getKey().equals(sender) && !client.getValue().messages().isEmpty())
            .map(Map.Entry::getKey).collect(Collectors.joining(", "));
        boolean plaintext = clients.values().stream().anyMatch(client -> client.receivedXml().contains("REFUSED"));
        StringBuilder outcome = new StringBuilder(reached.isEmpty() ? "" : "reached " + reached);
        for (Received message : toSender) {
            if ("error".equals(message.type())) {
                outcome.append("refused: ").append(message.element().element("error").element("finding")
                    .attributeValue("code"));
            } else if (message.from().equals(room)) {
                outcome.append("; ").append(sender).append(" was warned");
            }
        }
        if (plaintext) {
            outcome.append(" WITH THE PLAINTEXT");
        } else if (toSender.stream().anyMatch(message -> message.xml().contains("encrypted with OMEMO, which"))) {
            outcome.append(" with our own text beside it");
        }
        return outcome.toString();
    }

    private double violations() {
        return org.jivesoftware.openfire.stats.StatisticsManager.getInstance().getStatistic("omemo_violations").sample();
    }

    private static String encrypted(String namespace) {
        return encrypted(namespace, 1);
    }

    /** An element that looks as if a device of the sender's had encrypted something. */
    static String encrypted(String namespace, int sid) {
        String key = "<key rid='2'>" + Base64.getEncoder().encodeToString(new byte[150]) + "</key>";
        boolean legacy = namespace.startsWith("eu.siacs");
        return "<encrypted xmlns='" + namespace + "'><header sid='" + sid + "'>"
            + (legacy ? key + "<iv>AAAAAAAAAAAAAAAA</iv>" : "<keys jid='bob@openfire.example'>" + key + "</keys>")
            + "</header><payload>" + Base64.getEncoder().encodeToString(new byte[48]) + "</payload></encrypted>";
    }
}
