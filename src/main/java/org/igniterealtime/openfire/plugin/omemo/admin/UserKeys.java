package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;

/**
 * One account's keys.
 *
 * @param alarms keys that took the place of others, which nobody has acknowledged, those of late first
 * @param nodes null if they cannot be read now
 * @param findings null if they cannot be read now
 * @param log every identity key that was noticed
 * @param offer what may be done, and was asked for
 */
public record UserKeys(List<IdentityEntry> alarms, Excerpt<DeviceEntry> devices, List<Node> nodes, List<Finding> findings,
    List<IdentityEntry> log, Offer offer) {

    private static final int MOST_NODES = 500;

    /** A node of the account. */
    public record Node(String name, String access, boolean open, boolean persistent, String maxItems, String items) {
    }

    /** @param detail more in English; may be empty */
    public record Finding(String code, String node, String device, String detail) {
    }

    /**
     * What would be changed, in English, or nothing was asked for yet.
     *
     * @param kind {@code none}, {@code repair} or {@code remove}
     * @param steps what would be changed; each begins with the node
     * @param family of the device to be removed
     * @param device to be removed
     */
    public record Offer(String kind, List<String> steps, boolean openClosed, boolean removeDead, String family, String device) {

        static Offer none() {
            return new Offer("none", List.of(), false, false, "", "");
        }

        static Offer repair(List<String> steps, RepairOptions options) {
            return new Offer("repair", steps, options.openClosed(), options.removeDead(), "", "");
        }

        static Offer remove(List<String> steps, String family, String device) {
            return new Offer("remove", steps, false, false, family, device);
        }
    }

    static List<Node> nodes(AccountKeys keys) {
        return keys.nodes().entrySet().stream().sorted(Map.Entry.comparingByKey()).limit(MOST_NODES).map(node ->
            new Node(node.getKey(), node.getValue().configuration().accessModel(), node.getValue().everyoneMayRead(),
                node.getValue().configuration().persistent(), Written.number(node.getValue().configuration().maxItems()),
                Written.number(node.getValue().items().size()))).toList();
    }

    static List<Finding> findings(HousekeepingReport report) {
        return report.findings().stream().map(HousekeepingReport.AccountFinding::finding).limit(MOST_NODES)
            .map(finding -> new Finding(finding.code().code(), finding.node(),
                finding.device().isPresent() ? Integer.toString(finding.device().getAsInt()) : "", finding.detail()))
            .sorted(Comparator.comparing(Finding::node)).toList();
    }
}
