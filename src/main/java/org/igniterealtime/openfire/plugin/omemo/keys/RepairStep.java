package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;

/** One change to an OMEMO node that makes something right, done in the owner's name. */
public sealed interface RepairStep {

    /** How many of many things are named. */
    int MOST_NAMED = 20;

    /** The node that is changed. */
    String node();

    /** What is done, in one short line of English. */
    String description();

    /** @param fields what to set, by the names of XEP-0060 */
    record Configure(String node, Map<String, String> fields) implements RepairStep {
        @Override
        public String description() {
            return "configure " + fields.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue())
                .sorted().collect(Collectors.joining(", "));
        }
    }

    /**
     * @param list    what is left; at least one device
     * @param without the devices that it is without
     */
    record PublishList(String node, DeviceList list, SortedSet<Integer> without) implements RepairStep {
        @Override
        public String description() {
            return "publish the list without " + named(without);
        }
    }

    /** Removes items, some by their ids. */
    record Retract(String node, List<String> items) implements RepairStep {
        @Override
        public String description() {
            return "retract " + named(items);
        }
    }

    /** Removes the node with what is in it. */
    record Delete(String node) implements RepairStep {
        @Override
        public String description() {
            return "delete";
        }
    }

    private static String named(Collection<?> things) {
        String names = things.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return things.size() <= MOST_NAMED ? names : names + " and " + (things.size() - MOST_NAMED) + " more";
    }
}
