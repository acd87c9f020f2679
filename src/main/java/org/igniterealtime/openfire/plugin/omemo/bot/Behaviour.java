package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** What a bot does in its rooms. Called on its lane. */
interface Behaviour {

    /** A sentence for those whom it meets, which says what it does. */
    String purpose();

    /** It could read a message with content. */
    default void read(BotVoice voice, Talk talk, Reading reading) {
    }

    /** It could not read a message. */
    default void unreadable(Talk talk, DeviceAddress from, Family family) {
    }

    /** Some seconds have passed. */
    default void tick(BotVoice voice) {
    }

    /** How long a message and its answer took last, if it measures that. Any thread. */
    default Optional<Duration> roundTrip() {
        return Optional.empty();
    }

    /** What it has to tell the operator, line by line; no contents. */
    default List<String> report() {
        return List.of();
    }
}
