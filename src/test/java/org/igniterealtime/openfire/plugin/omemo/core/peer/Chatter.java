package org.igniterealtime.openfire.plugin.omemo.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.peer.Line.Packet;

/**
 * What two people write in any order over a line that loses, delays and duplicates it. Our device is restarted now and
 * then. The dice decide everything.
 */
final class Chatter {

    private static final int MONOLOGUE = 65;
    private static final int LATEST = 40;

    private final Line line;
    private final Random dice;
    private final Map<Party, Integer> written = new HashMap<>();
    private final Map<Party, Integer> read = new HashMap<>();
    private final Set<Packet> arrived = new HashSet<>();
    private int replays;
    private int restarts;

    Chatter(Line line, Random dice) {
        this.line = line;
        this.dice = dice;
    }

    /** One writes first, and the other has read something before it writes. */
    void begin(Party beginner) {
        List<Packet> underWay = line.underWay(line.other(beginner));
        for (int i = 0; i < 6; i++) {
            write(beginner);
        }
        arrive(underWay.get(dice.nextInt(underWay.size())));
    }

    /** One alone writes, until the other has read so much that it answers by a heartbeat. */
    void monologue(Party writer) {
        Party reader = line.other(writer);
        int before = line.underWay(writer).size();
        for (int i = 0; i < MONOLOGUE; i++) {
            write(writer);
        }
        while (!line.underWay(reader).isEmpty()) {
            arriveAny(reader);
        }
        assertThat(line.underWay(writer)).hasSizeGreaterThan(before);
    }

    /** Until both have read so many messages, and all that is not lost has arrived. */
    void run(int messages) {
        while (read(line.ours) < messages || read(line.theirs) < messages) {
            Party writer = dice.nextBoolean() ? line.ours : line.theirs;
            for (int i = dice.nextInt(6); i >= 0; i--) {
                write(writer);
            }
            for (int i = dice.nextInt(12); i > 0; i--) {
                arriveAny(dice.nextBoolean() ? line.ours : line.theirs);
            }
            if (dice.nextInt(10) == 0) {
                line.ours.restart();
                restarts++;
            }
        }
        while (!line.underWay(line.ours).isEmpty() || !line.underWay(line.theirs).isEmpty()) {
            arriveAny(line.ours);
            arriveAny(line.theirs);
        }
    }

    private void write(Party writer) {
        line.write(writer, Texts.any(written.merge(writer, 1, Integer::sum), dice));
    }

    /** One in eight is lost, one in eight comes again. */
    private void arriveAny(Party to) {
        List<Packet> underWay = line.underWay(to);
        if (underWay.isEmpty()) {
            return;
        }
        Packet packet = underWay.get(dice.nextInt(Math.min(underWay.size(), LATEST)));
        switch (dice.nextInt(8)) {
            case 0 -> underWay.remove(packet);
            case 1 -> {
                arrive(packet);
                underWay.add(dice.nextInt(underWay.size() + 1), packet);
            }
            default -> arrive(packet);
        }
    }

    private void arrive(Packet packet) {
        if (arrived.add(packet)) {
            line.deliver(packet);
            packet.body().ifPresent(body -> read.merge(packet.to(), 1, Integer::sum));
        } else {
            line.deliverInVain(packet, Reason.DUPLICATE);
            replays++;
        }
    }

    /** How many messages with content this party has read. */
    private int read(Party by) {
        return read.getOrDefault(by, 0);
    }

    /** How many messages came again. */
    int replays() {
        return replays;
    }

    int restarts() {
        return restarts;
    }
}
