package org.igniterealtime.openfire.plugin.omemo.stats;

import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Counts messages by what became of them and what they carried. Any thread; counting never waits. */
public final class MessageCounts {

    /** Counted once for each writing while messages in rooms and between users were watched: where it is missing, not all was. */
    public static final String WATCHED = "watched";

    private final Map<String, LongAdder> named = new LinkedHashMap<>();
    private final LongAdder[][] messages = new LongAdder[Outcome.values().length][Content.values().length];
    private final LongAdder[] families = new LongAdder[Family.values().length];

    public MessageCounts() {
        for (Outcome outcome : Outcome.values()) {
            for (Content content : Content.values()) {
                messages[outcome.ordinal()][content.ordinal()] = adder(name(outcome, content));
            }
        }
        for (Family family : Family.values()) {
            families[family.ordinal()] = adder(name(family));
        }
    }

    private LongAdder adder(String name) {
        LongAdder adder = new LongAdder();
        named.put(name, adder);
        return adder;
    }

    /**
     * Counts one message.
     *
     * @param carried the families of which it carries something encrypted; they count for what was delivered
     */
    public void count(Outcome outcome, Content content, Set<Family> carried) {
        messages[outcome.ordinal()][content.ordinal()].increment();
        if (outcome != Outcome.REFUSED) {
            for (Family family : carried) {
                families[family.ordinal()].increment();
            }
        }
    }

    /** What was counted since this was asked last, without what is zero. */
    public Map<String, Long> drain() {
        Map<String, Long> drained = new LinkedHashMap<>();
        named.forEach((name, adder) -> {
            long amount = adder.sumThenReset();
            if (amount != 0) {
                drained.put(name, amount);
            }
        });
        return drained;
    }

    /** The name under which such messages are counted. */
    public static String name(Outcome outcome, Content content) {
        return outcome.code() + "." + content.code();
    }

    /** The name under which delivered messages are counted that carry something of this family. */
    public static String name(Family family) {
        return "family." + family.label();
    }
}
