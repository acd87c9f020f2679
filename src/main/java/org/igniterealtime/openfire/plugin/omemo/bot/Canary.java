package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;

/**
 * Sends, in each of its rooms, an encrypted call every now and then, and measures how long another canary takes to answer
 * it. Neither has a body, so that clients show nothing. Where no other canary is, nobody answers, and each call is lost.
 */
final class Canary implements Behaviour {

    private static final String NAMESPACE = "urn:igniterealtime:openfire:omemo:0#canary";
    private static final String CALL = "call";
    private static final String ANSWER = "answer";
    private static final Duration LOST_AFTER = Duration.ofSeconds(30);
    private static final int MOST_OPEN = 1_000;

    private record Open(Instant at, long nanoTime) {
    }

    private final Duration every;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private Optional<Instant> lastCall = Optional.empty();
    private volatile Optional<Duration> lastRoundTrip = Optional.empty();
    private volatile long answered;
    private volatile long lost;

    Canary(Duration every) {
        this.every = every;
    }

    @Override
    public String purpose() {
        return "I exchange encrypted messages, which you do not see, with another bot of my kind, to measure how long they "
            + "take.";
    }

    @Override
    public void tick(BotVoice voice) {
        Instant now = voice.now();
        open.values().removeIf(call -> {
            boolean isLost = call.at().isBefore(now.minus(LOST_AFTER));
            if (isLost) {
                lost++;
                voice.problem("A canary's call was not answered");
            }
            return isLost;
        });
        if (lastCall.isEmpty() || !lastCall.get().plus(every).isAfter(now)) {
            lastCall = Optional.of(now);
            voice.rooms().forEach(room -> call(voice, room));
        }
    }

    private void call(BotVoice voice, BareJid room) {
        if (open.size() < MOST_OPEN) {
            String token = voice.token();
            open.put(token, new Open(voice.now(), System.nanoTime()));
            voice.say(Talk.inRoom(room), List.of(element(CALL, token)));
        }
    }

    @Override
    public void read(BotVoice voice, Talk talk, Reading reading) {
        if (reading.missed() || !voice.isBot(reading.from().jid())) {
            return;
        }
        reading.content().find(NAMESPACE, CALL).map(Canary::token)
            .ifPresent(token -> voice.say(talk, List.of(element(ANSWER, token))));
        reading.content().find(NAMESPACE, ANSWER).map(Canary::token).map(open::remove).ifPresent(call -> {
            lastRoundTrip = Optional.of(Duration.ofNanos(System.nanoTime() - call.nanoTime()));
            answered++;
        });
    }

    private static ContentElement element(String name, String token) {
        Element element = Stanzas.element(name, NAMESPACE);
        return ContentElement.of(element.addAttribute("id", token));
    }

    private static String token(ContentElement element) {
        return Stanzas.attribute(element.toElement(), "id");
    }

    @Override
    public Optional<Duration> roundTrip() {
        return lastRoundTrip;
    }

    @Override
    public List<String> report() {
        return List.of("answered: " + answered, "lost: " + lost,
            "last round trip: " + lastRoundTrip.map(time -> time.toNanos() / 1_000 + " µs").orElse("none yet"));
    }
}
