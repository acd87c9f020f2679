package org.igniterealtime.openfire.plugin.omemo.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;

/**
 * A user's client by others: slixmpp with python-twomemo, OMEMO 0.8+, in a process of its own, connected over TCP:
 * {@code twomemo/room_peer.py}. It trusts everybody.
 */
final class RoomPeer implements AutoCloseable {

    /** What the process needs; see {@link PythonProcess#interpreterWith}. */
    static final String MODULES = "omemo, twomemo.etree, slixmpp";

    /** What to do where that is missing. */
    static final String HOW_TO_INSTALL = "python-twomemo and slixmpp are not installed; "
        + "on Debian: apt-get install python3-twomemo python3-xmlschema python3-slixmpp";

    /**
     * A message that was decrypted.
     *
     * @param body        what it says
     * @param sender      the account that sent it; in a room the one behind the nickname
     * @param room        the room in which it was sent
     * @param from        what the envelope says of the sender
     * @param to          what the envelope says of the recipient
     * @param keyExchange whether it came with a key exchange
     */
    record Reading(String body, String sender, String room, String from, String to, boolean keyExchange) {
    }

    private final PythonProcess process;

    private RoomPeer(PythonProcess process) {
        this.process = process;
    }

    /** Logs in, and publishes the keys of a new device. */
    static RoomPeer login(String interpreter, EmbeddedOpenfire server, String user, String password)
            throws IOException, URISyntaxException {
        RoomPeer peer = new RoomPeer(PythonProcess.start(interpreter, "/twomemo/room_peer.py"));
        try {
            peer.ask("login", Map.of("jid", user + '@' + server.domain(), "password", password, "host", "127.0.0.1",
                "port", Integer.toString(server.c2sPort())));
        } catch (Throwable e) {
            peer.close();
            throw e;
        }
        return peer;
    }

    void enter(String room, String nick) {
        ask("enter", Map.of("room", room, "nick", nick));
    }

    /** Has the room invite somebody: a mediated invitation. */
    void invite(String room, String jid) {
        ask("invite", Map.of("room", room, "jid", jid));
    }

    /**
     * Writes encrypted to all members, admins and owners of a room, each of whom must have published keys. Returns when
     * the room has sent it to all.
     *
     * @throws AssertionError if it is refused
     */
    void say(String room, String body) {
        ask("say", Map.of("room", room, "body", body));
    }

    /**
     * The next message that has arrived, or arrives within ten seconds, empty ones left out.
     *
     * @throws AssertionError if there is none, or if it cannot be decrypted
     */
    Reading read() {
        JsonNode reading = ask("read", Map.of());
        if (reading.has("unreadable")) {
            throw new AssertionError(reading.get("unreadable").textValue() + process.errors());
        }
        return new Reading(reading.get("body").textValue(), reading.get("sender").textValue(),
            reading.get("room").textValue(), reading.get("from").textValue(), reading.get("to").textValue(),
            reading.get("keyExchange").booleanValue());
    }

    /**
     * The sender of the next empty message that has arrived, or arrives within ten seconds.
     *
     * @throws AssertionError if there is none
     */
    String readEmpty() {
        return ask("read_empty", Map.of()).textValue();
    }

    private JsonNode ask(String what, Map<String, String> parameters) {
        JsonNode answer = process.ask(what, parameters);
        if (answer.has("refused")) {
            throw new AssertionError(what + ": " + answer.get("refused").textValue() + process.errors());
        }
        return answer.get("result");
    }

    @Override
    public void close() {
        process.close();
    }
}
