package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;

/** Answers every encrypted message with what it read, and {@code help} with what it is. */
final class Echo implements Behaviour {

    /** Begins every answer, so that two of these never talk to each other for ever. */
    private static final String BEGINNING = "I read from your device ";

    /** So many characters of what it read are in an answer. */
    private static final int MOST_REPEATED = 2_000;

    private static final String HELP = "I am a test bot. I answer each encrypted message with what I could read of it: "
        + "from which of your devices it came, in which version of OMEMO, and what it said. If there is no answer, your "
        + "client did not encrypt for me, or I may not encrypt for you.";

    @Override
    public String purpose() {
        return "I answer every encrypted message with what I read. Write 'help', encrypted, to learn more.";
    }

    @Override
    public void read(BotVoice voice, Talk talk, Reading reading) {
        Optional<String> body = reading.content().body();
        if (reading.missed() || voice.isBot(reading.from().jid())
                || body.isPresent() && body.get().startsWith(BEGINNING)) {
            return;
        }
        String answer = body.isPresent() && body.get().strip().equalsIgnoreCase("help")
            ? HELP : BEGINNING + reading.from().deviceId() + " (OMEMO " + reading.family().label() + "): " + what(reading);
        voice.say(talk, List.of(ContentElement.body(answer)));
    }

    /** The body if there is one, otherwise what else there is by name. */
    private static String what(Reading reading) {
        String what = reading.content().body().orElseGet(() -> reading.content().elements().stream()
            .map(element -> "<" + element.name() + " xmlns='" + element.namespace() + "'>")
            .collect(Collectors.joining(", ")));
        return what.length() <= MOST_REPEATED
            ? what : what.substring(0, what.offsetByCodePoints(0, MOST_REPEATED / 2)) + "\u2026";
    }
}
