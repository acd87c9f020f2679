package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/**
 * What {@code mvn -Pbench-keys} runs: clients that ask for keys as fast as they are answered. Without {@code bench.host}
 * it starts servers of its own, with and without the plugin; otherwise it asks a server that runs on this machine.
 */
public final class KeyLoad {

    private static final String PASSWORD = "load-secret";

    private KeyLoad() {
    }

    public static void main(String[] args) throws Exception {
        String host = System.getProperty("bench.host", "");
        if (host.isEmpty()) {
            embedded(Accounts.simulated(Integer.getInteger("bench.accounts")), Integer.getInteger("bench.rounds"),
                Path.of(System.getProperty("plugin.jar")));
        } else {
            Place place = Place.of(host, Integer.getInteger("bench.port"), System.getProperty("bench.domain"));
            external(place, Accounts.of(List.of(System.getProperty("bench.users").split(","))),
                System.getProperty("bench.password"));
        }
        System.out.println(KeyMemory.measure());
    }

    private static void embedded(Accounts accounts, int rounds, Path plugin) throws Exception {
        Path home = Files.createTempDirectory("omemo-load-");
        try {
            try (ServerProcess server = ServerProcess.start(home, Optional.empty(), PASSWORD, accounts.all())) {
                fill(server.place(), accounts, PASSWORD);
            }
            Table without = new Table("without the plugin");
            Table with = new Table("with the plugin");
            for (int round = 0; round < rounds; round++) {
                // In turns, so that what happens on the machine meanwhile meets both.
                boolean first = round % 2 == 0;
                play(first ? without : with, home, first ? Optional.empty() : Optional.of(plugin), accounts);
                play(first ? with : without, home, first ? Optional.of(plugin) : Optional.empty(), accounts);
                System.out.println("Round " + (round + 1) + " of " + rounds + " is over.");
            }
            System.out.println(without + "" + with);
        } finally {
            delete(home);
        }
    }

    private static void play(Table table, Path home, Optional<Path> plugin, Accounts accounts) throws Exception {
        try (ServerProcess server = ServerProcess.start(home, plugin, PASSWORD, List.of())) {
            table.add(Round.play(server.place(), accounts, PASSWORD, server.processors()));
        }
    }

    private static void external(Place place, Accounts accounts, String password) throws Exception {
        if (!isFilled(place, accounts, password)) {
            fill(place, accounts, password);
            System.out.println("The keys are published. Restart the server and run this again.");
            return;
        }
        Table table = new Table("the server at port " + place.port());
        table.add(Round.play(place, accounts, password, new Processors(Optional.empty())));
        System.out.println(table);
    }

    /** Whether an earlier run has come to its end: what it does last is there. */
    private static boolean isFilled(Place place, Accounts accounts, String password) throws IOException {
        try (XmppSocket client = XmppSocket.login(place, accounts.asker().name(), password)) {
            ReplyLengths.learn(client, place, accounts.hot());
            return true;
        } catch (XmppSocket.Refused | IllegalStateException e) {
            return false;
        }
    }

    private static void fill(Place place, Accounts accounts, String password) throws Exception {
        long begin = System.nanoTime();
        try (XmppSocket owner = XmppSocket.login(place, accounts.asker().name(), password)) {
            RoomKeys.at(place).create(owner, accounts.members());
        }
        Publisher publisher = new Publisher(place, password);
        publisher.publish(accounts.withKeys(), Profile.OMEMO_2);
        publisher.publish(List.of(accounts.hot()), Profile.OMEMO_1);
        System.out.printf("%d accounts have published their keys, in %d s.%n", accounts.withKeys().size(),
            (System.nanoTime() - begin) / 1_000_000_000);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
