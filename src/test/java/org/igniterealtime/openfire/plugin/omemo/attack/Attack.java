package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.igniterealtime.openfire.plugin.omemo.attack.Tally.End;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.jivesoftware.openfire.stats.StatisticsManager;

/** So many hostile stanzas through a server with the plugin, and what is to be said about it. */
final class Attack {

    private static final int LANES = 4;
    private static final String LOGGER = "org.igniterealtime.openfire.plugin.omemo";

    private final EmbeddedOpenfire server;
    private final long seed;
    private final int size;
    private final Oracle oracle = new Oracle();
    private final Tally tally = new Tally();

    Attack(EmbeddedOpenfire server, long seed, int size) {
        this.server = server;
        this.seed = seed;
        this.size = size;
    }

    /** Runs it. The plugin is loaded, and nobody else uses it meanwhile. */
    AttackReport run() throws Exception {
        int mark = server.logMark();
        long refusedBefore = statistic("refused");
        long silentBefore = statistic("silent_refusals");
        long rewrittenBefore = statistic("rewritten");
        long failuresBefore = statistic("failures");
        int seenPrivately = 0;
        int seenPublicly = 0;
        int seen = 0;
        long begin = System.nanoTime();
        List<Lane> lanes = new ArrayList<>();
        try {
            for (int i = 0; i < LANES; i++) {
                lanes.add(new Lane(server, "attack" + i, oracle, tally));
            }
            begin = System.nanoTime();
            fire(lanes);
            for (Lane lane : lanes) {
                seenPrivately += lane.seenPrivately();
                seenPublicly += lane.seenPublicly();
                seen += lane.seenByWitnesses();
            }
        } finally {
            for (Lane lane : lanes) {
                lane.close();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        logs(mark);
        long refused = statistic("refused") - refusedBefore;
        long silent = statistic("silent_refusals") - silentBefore;
        balance(refused, silent, seenPrivately, seenPublicly, statistic("failures") - failuresBefore);
        return new AttackReport(seed, size, seconds, refused, silent, statistic("rewritten") - rewrittenBefore, seen,
            tally + "streams closed by: " + tally.closers() + "\n", oracle.channels(), oracle.objections());
    }

    private void fire(List<Lane> lanes) throws Exception {
        Generator generator = new Generator(seed);
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                int first = i;
                Callable<Void> task = () -> {
                    for (int number = first; number < size; number += LANES) {
                        lanes.get(first).fire(generator, number);
                    }
                    lanes.get(first).finish();
                    return null;
                };
                all.add(threads.submit(task));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Nothing may be lost: what was not delivered was refused, and whoever was not told was refused too often. */
    private void balance(long refused, long silent, int seenPrivately, int seenPublicly, long failures) {
        if (failures > 0) {
            oracle.object(failures + " failures of the policy");
        }
        if (tally.silentToRoom() > silent) {
            oracle.object(tally.silentToRoom() + " lost, but only " + silent + " refused in silence");
        }
        if (tally.silentToRoom() + tally.silentToWitness() > silent + seenPrivately) {
            oracle.object(tally.silentToWitness() + " private messages lost, " + seenPrivately + " seen");
        }
        if (tally.bounces() > refused - silent) {
            oracle.object(tally.bounces() + " bounces of " + (refused - silent) + " refusals");
        }
        if (seenPublicly < tally.of(End.REFLECTED) / 2) {
            oracle.object("The witnesses saw " + seenPublicly + " messages");
        }
    }

    private void logs(int mark) {
        for (String entry : server.logText(mark).split("\n(?=\\d\\d:\\d\\d:\\d\\d)")) {
            if (entry.contains(LOGGER) && (Secret.in(entry).isPresent() || entry.contains("\tat "))) {
                oracle.object("Logged: " + (entry.length() < 3_000 ? entry : entry.substring(0, 3_000)));
            }
        }
    }

    private static long statistic(String name) {
        return (long) StatisticsManager.getInstance().getStatistic("omemo_" + name).sample();
    }
}
