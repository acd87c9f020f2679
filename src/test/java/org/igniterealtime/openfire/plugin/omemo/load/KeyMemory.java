package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * What the key directory takes of the heap: filled with simulated accounts, each payload a text of its own, and looked at
 * after garbage collection.
 */
final class KeyMemory {

    private static final int ACCOUNTS = 10_000;
    private static final long MOST_BYTES = 1L << 30;
    private static final Family FAMILY = Family.OMEMO_2;

    private KeyMemory() {
    }

    /** Fills two directories, one with lists, one with lists and bundles. @return the figures, as text */
    static String measure() {
        Bundles bundles = new Bundles();
        long lists = fill(number -> Map.of(FAMILY.deviceListNode(), list(number)));
        long everything = fill(number -> Map.of(FAMILY.deviceListNode(), list(number),
            FAMILY.bundleNode(1), bundles(number, bundles)));
        int devices = ACCOUNTS * Account.DEVICES;
        return String.format("heap of the key directory, %,d accounts with %d devices: %,d bytes for a known device,"
            + " %,d more for its cached bundle of %,d characters", ACCOUNTS, Account.DEVICES, lists / devices,
            (everything - lists) / devices, bundles.of(Profile.OMEMO_2, 0).length());
    }

    private static long fill(IntFunction<Map<String, PublishedNode>> nodes) {
        long before = used();
        try (KeyDirectory directory = new KeyDirectory(owner -> AccountKeys.of(nodes.apply(number(owner))), MOST_BYTES)) {
            for (int number = 0; number < ACCOUNTS; number++) {
                directory.read(owner(number)).join();
            }
            long used = used() - before;
            for (int number = 0; number < ACCOUNTS; number++) {
                directory.known(owner(number)).orElseThrow();
            }
            return used;
        }
    }

    private static BareJid owner(int number) {
        return BareJid.of("account" + number + "@example.org").orElseThrow();
    }

    private static int number(BareJid owner) {
        return Integer.parseInt(owner.local().orElseThrow().substring("account".length()));
    }

    private static PublishedNode list(int number) {
        return node(1, Map.of(Account.LIST_ITEM, account(number).deviceList(FAMILY).toElement().asXML()));
    }

    private static PublishedNode bundles(int number, Bundles bundles) {
        Map<String, String> items = new HashMap<>();
        for (int index = 0; index < Account.DEVICES; index++) {
            int device = account(number).device(index);
            items.put(Integer.toString(device), new String(bundles.of(Profile.OMEMO_2, device).toCharArray()));
        }
        return node(1_000, items);
    }

    private static Account account(int number) {
        return new Account("account" + number, number);
    }

    private static PublishedNode node(int mostItems, Map<String, String> items) {
        return new PublishedNode(new NodeConfiguration(NodeConfiguration.OPEN, true, mostItems), true, items);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
