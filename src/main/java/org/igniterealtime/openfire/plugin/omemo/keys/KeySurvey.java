package org.igniterealtime.openfire.plugin.omemo.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedFamily.Place;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * Looks for what is wrong with the stored keys of an account. The families are looked at one by one.
 *
 * <p>What was never observed is unknown, never dead. When something began is at most as long ago as the latest change
 * that is known of anything that it depends on: a device has been without a bundle since its list was published and the
 * node of the bundle was last configured, whichever came later. A node that forgets bundles proves nothing.
 */
public final class KeySurvey {

    private final int mostItems;
    private final SurveyLimits limits;
    private final BiFunction<BareJid, Integer, Optional<Instant>> lastSeen;

    /**
     * @param mostItems how many items the server can keep in a node
     * @param lastSeen  when anything of a device was last seen besides what it published; empty if it was not observed
     */
    public KeySurvey(int mostItems, SurveyLimits limits, BiFunction<BareJid, Integer, Optional<Instant>> lastSeen) {
        this.mostItems = mostItems;
        this.limits = limits;
        this.lastSeen = lastSeen;
    }

    /** What is wrong, in the order of families and nodes. */
    public List<KeyFinding> of(BareJid owner, AccountKeys keys, KeyTimes times, Instant now) {
        List<KeyFinding> findings = new ArrayList<>();
        for (Family family : Family.values()) {
            PublishedFamily published = PublishedFamily.of(family, keys);
            published.nodes().forEach((name, node) ->
                configuration(name, node, keys.nodes().get(name).configuration(), findings));
            findings.addAll(published.faults());
            for (int device : published.listed()) {
                device(owner, device, published, keys, times, now).ifPresent(findings::add);
            }
            published.bundles().forEach((device, place) -> {
                if (!published.listed().contains(device)) {
                    findings.add(bundle(owner, device, place, published, times, now));
                }
            });
        }
        return List.copyOf(findings);
    }

    private void configuration(String name, OmemoNode node, NodeConfiguration now, List<KeyFinding> findings) {
        Map<String, String> fields = now.differences(NodeConfiguration.required(node, mostItems));
        if (fields.remove(ConfigurationForm.ACCESS_MODEL) != null) {
            findings.add(KeyFinding.of(KeyFindingCode.CLOSED_NODE, name,
                ConfigurationForm.ACCESS_MODEL + "=" + now.accessModel()));
        }
        if (!fields.isEmpty()) {
            findings.add(KeyFinding.of(KeyFindingCode.WRONG_CONFIGURATION, name, fields.keySet().stream()
                .map(field -> field + "=" + (field.equals(ConfigurationForm.MAX_ITEMS)
                    ? Integer.toString(now.maxItems()) : now.persistent() ? "1" : "0"))
                .collect(Collectors.joining(", "))));
        }
    }

    private Optional<KeyFinding> device(BareJid owner, int device, PublishedFamily published, AccountKeys keys,
                                        KeyTimes times, Instant now) {
        String node = published.family().deviceListNode();
        Optional<Instant> seen = lastSeen.apply(owner, device);
        Place place = published.bundles().get(device);
        if (place == null) {
            boolean dead = published.list().isPresent() && withoutBundleSince(device, published, keys, times)
                .filter(since -> isOver(later(since, seen), limits.oneSide(), now)).isPresent();
            return Optional.of(dead
                ? KeyFinding.of(KeyFindingCode.DEAD_DEVICE, node, device, "No bundle for a long time.")
                : KeyFinding.of(KeyFindingCode.DEVICE_WITHOUT_BUNDLE, node, device, ""));
        }
        Optional<Instant> last = times.published(place.node(), place.item()).map(time -> later(time, seen));
        if (last.isEmpty() || !isOver(last.get(), limits.silence(), now)) {
            return Optional.empty();
        }
        return Optional.of(KeyFinding.of(seen.isPresent() && published.list().isPresent()
            ? KeyFindingCode.DEAD_DEVICE : KeyFindingCode.SILENT_DEVICE, node, device, "Last sign: " + last.get()));
    }

    /** Empty if it is not known, or the node may have forgotten a bundle. */
    private Optional<Instant> withoutBundleSince(int device, PublishedFamily published, AccountKeys keys, KeyTimes times) {
        Optional<Instant> listed = times.published(published.family().deviceListNode(), Publication.CURRENT);
        String name = published.family().bundleNode(device);
        OmemoNode node = published.nodes().get(name);
        if (listed.isEmpty() || node == null) {
            return listed;
        }
        NodeConfiguration required = NodeConfiguration.required(node, mostItems);
        NodeConfiguration now = keys.nodes().get(name).configuration();
        return now.withAccessModel(required.accessModel()).satisfies(required)
            ? times.configured(name).map(time -> later(time, listed)) : Optional.empty();
    }

    private KeyFinding bundle(BareJid owner, int device, Place place, PublishedFamily published, KeyTimes times,
                              Instant now) {
        Optional<Instant> listed = times.published(published.family().deviceListNode(), Publication.CURRENT);
        Optional<Instant> since = times.published(place.node(), place.item())
            .flatMap(time -> listed.map(other -> later(time, Optional.of(other))))
            .map(time -> later(time, lastSeen.apply(owner, device)));
        boolean abandoned = published.list().isPresent()
            && since.filter(time -> isOver(time, limits.oneSide(), now)).isPresent();
        return KeyFinding.of(abandoned ? KeyFindingCode.ABANDONED_BUNDLE : KeyFindingCode.BUNDLE_WITHOUT_DEVICE,
            place.node(), device, "");
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(time -> time.isAfter(one)).orElse(one);
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return since.plus(limit).isBefore(now);
    }
}
