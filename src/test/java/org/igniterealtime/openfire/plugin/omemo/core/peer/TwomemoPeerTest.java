package org.igniterealtime.openfire.plugin.omemo.core.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.peer.Line.Packet;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.KeyExchange;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.peer.PythonProcess;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.PreKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages between a device of ours and python-twomemo, an implementation of XEP-0384 0.8 by others. Skipped where that
 * is not installed. Our keys and all orders repeat themselves; the keys of python-twomemo do not.
 */
class TwomemoPeerTest {

    private static final String HOW_TO_INSTALL =
        "python-twomemo is not installed; on Debian: apt-get install python3-twomemo python3-xmlschema";

    private static final long SEED = 20260102;
    private static final int MESSAGES = 200;
    private static final int HEARTBEAT_AT = 53;
    private static final int MAX_SKIP = 1000;

    private static PythonProcess process;

    private Line line;
    private Party ours;
    private Party theirs;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> interpreter = PythonProcess.interpreterWith("omemo, twomemo.etree");
        if (interpreter.isPresent()) {
            process = PythonProcess.start(interpreter.get(), "/twomemo/peer.py");
        } else {
            System.err.println("Skipped: " + HOW_TO_INSTALL);
        }
    }

    @AfterAll
    static void end() {
        if (process != null) {
            process.close();
        }
    }

    @BeforeEach
    void meet() {
        assumeTrue(process != null, HOW_TO_INSTALL);
        line = new Line(process, SEED);
        ours = line.ours;
        theirs = line.theirs;
        line.announce(theirs);
        line.announce(ours);
    }

    private enum Beginner { WE, THEY, BOTH }

    @ParameterizedTest
    @EnumSource
    void overABadLineEveryMessageIsReadOnce(Beginner beginner) {
        Chatter chatter = new Chatter(line, new Random(SEED + beginner.ordinal()));
        switch (beginner) {
            case WE -> chatter.begin(ours);
            case THEY -> chatter.begin(theirs);
            case BOTH -> bothBegin();
        }
        chatter.run(MESSAGES / 4);
        chatter.monologue(ours);
        chatter.run(MESSAGES / 2);
        chatter.monologue(theirs);
        chatter.run(MESSAGES);
        assertThat(chatter.replays()).isGreaterThan(MESSAGES / 8);
        assertThat(chatter.restarts()).isPositive();
        line.talk();
    }

    private void bothBegin() {
        Packet fromUs = line.write(ours, "We begin.");
        Packet fromThem = line.write(theirs, "They begin.");
        assertThat(fromUs.key().keyExchange()).isTrue();
        assertThat(fromThem.key().keyExchange()).isTrue();
        line.deliver(fromUs);
        line.deliver(fromThem);
        // python-omemo keeps one session with a device: the one that it began has been replaced.
        Packet ourAnswer = line.underWay(theirs).get(0);
        line.deliverInVain(ourAnswer, Reason.UNAUTHENTICATED);
        line.settle();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstAnswerEndsTheKeyExchange(boolean weBegin) {
        Party beginner = weBegin ? ours : theirs;
        Packet first = line.write(beginner, "1");
        assertThat(first.key().keyExchange()).isTrue();
        line.deliver(first);
        assertThat(line.write(beginner, "2").key().keyExchange()).isTrue();
        Packet answer = line.underWay(beginner).get(0);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.key().keyExchange()).isFalse();
        line.deliver(answer);
        assertThat(line.write(beginner, "3").key().keyExchange()).isFalse();
        line.settle();
        line.talk();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUsedPreKeyIsReplaced(boolean weBegin) throws OmemoException {
        Party beginner = weBegin ? ours : theirs;
        Party other = line.other(beginner);
        Packet first = line.write(beginner, "hello");
        int used = KeyExchange.decode(Profile.OMEMO_2, first.key().data().decode()).header().preKeyId().orElseThrow();
        assertThat(line.bundles(other)).hasSize(1);
        assertThat(preKeyIds(line.bundles(other).get(0))).contains(used);
        line.deliver(first);
        assertThat(line.bundles(other)).hasSize(2);
        assertThat(preKeyIds(line.bundles(other).get(1))).doesNotContain(used)
            .hasSize(DeviceSettings.DEFAULT.preKeys());
    }

    private static List<Integer> preKeyIds(Bundle bundle) {
        return bundle.preKeys().stream().map(PreKey::id).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMonologueIsAnsweredByAHeartbeat(boolean weSpeak) {
        Party speaker = weSpeak ? ours : theirs;
        line.talk();
        line.write(line.other(speaker), "Speak!");
        line.settle();
        for (int number = 0; number < HEARTBEAT_AT; number++) {
            line.deliver(line.write(speaker, "message " + number));
            assertThat(line.underWay(speaker)).isEmpty();
        }
        line.deliver(line.write(speaker, "one too many"));
        assertThat(line.underWay(speaker)).hasSize(1);
        assertThat(line.underWay(speaker).get(0).body()).isEmpty();
        line.settle();
        line.deliver(line.write(speaker, "on a new ratchet key"));
        assertThat(line.underWay(speaker)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReplayIsRefused(boolean toUs) {
        Party reader = toUs ? ours : theirs;
        Party writer = line.other(reader);
        Packet keyExchange = line.write(writer, "first");
        line.deliver(keyExchange);
        line.deliverInVain(keyExchange, Reason.DUPLICATE);
        line.settle();
        Packet second = line.write(writer, "second");
        line.deliver(second);
        line.deliverInVain(second, Reason.DUPLICATE);
        line.talk();
        line.talk();
        line.deliverInVain(keyExchange, Reason.DUPLICATE);
        line.deliverInVain(second, Reason.DUPLICATE);
        line.talk();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThousandMessagesMayBeLeftOutAndNoMore(boolean toUs) {
        Party reader = toUs ? ours : theirs;
        Party writer = line.other(reader);
        line.talk();
        List<Packet> late = new ArrayList<>();
        for (int number = 0; number <= MAX_SKIP; number++) {
            late.add(line.write(writer, "message " + number));
        }
        Packet tooLate = line.write(writer, "message after");
        line.deliverInVain(tooLate, Reason.TOO_MANY_SKIPPED);
        line.deliver(late.get(MAX_SKIP));
        line.deliver(late.get(0));
        line.deliver(late.get(MAX_SKIP - 1));
        line.deliver(tooLate);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eitherSideMayStartOver(boolean weDo) {
        Party starter = weDo ? ours : theirs;
        line.talk();
        line.startOver(starter);
        Packet packet = line.underWay(line.other(starter)).get(0);
        assertThat(packet.key().keyExchange()).isTrue();
        assertThat(packet.body()).isEmpty();
        line.settle();
        assertThat(line.write(starter, "in the new session").key().keyExchange()).isFalse();
        line.talk();
    }

    @Test
    void whenOurSessionsAreLostWeBeginAnew() {
        line.talk();
        line.ours.forgetSessions();
        line.announce(ours);
        line.deliverInVain(line.write(theirs, "lost"), Reason.NO_SESSION);
        assertThat(line.underWay(theirs)).hasSize(1);
        assertThat(line.underWay(theirs).get(0).key().keyExchange()).isTrue();
        line.settle();
        line.talk();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyTextArrivesAsItIs(boolean toUs) {
        Party writer = line.other(toUs ? ours : theirs);
        for (String text : Texts.ALL) {
            line.write(writer, text);
        }
        line.settle();
    }
}
