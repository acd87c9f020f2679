package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage.LeftOut;
import org.igniterealtime.openfire.plugin.omemo.keys.CoverageLog;
import org.igniterealtime.openfire.plugin.omemo.keys.Member;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.RoomCoverage;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;

/**
 * Which devices of a room's members its last messages are for.
 *
 * @param state    {@code off} if nothing is noted of persons, {@code unwatched} if the room has no policy, {@code none} if no
 *                 message has come in, or {@code there}
 * @param missed   how many messages could not be looked at; empty for none
 * @param messages the latest first
 * @param rows     those with most messages that they cannot read first
 * @param leftOut  how many of them cannot read one message at least
 */
public record CoverageMatrix(String state, String since, String missed, List<Message> messages, Excerpt<Row> rows,
    String leftOut) {

    /** @param device ids of the device that has sent it */
    public record Message(int number, String sender, String device, String families, String time) {
    }

    /**
     * A device.
     *
     * @param label what its user calls it; empty if that is not known now
     * @param cells of each message {@code reached}, {@code left-out}, {@code sender} for what it has sent itself,
     *              {@code unknown} if nothing was known of its owner's keys, or {@code none} if it was not there then, or
     *              has no keys of the message's family
     */
    public record Row(String account, String device, String label, List<String> families, List<String> cells) {
    }

    private record Device(BareJid account, int id, List<Family> families) {
    }

    static CoverageMatrix of(String address, boolean isWatched, Iterable<BareJid> people, RoomDirectory rooms, int page) {
        RoomCoverage coverage = rooms.coverage(address);
        List<CoverageLog.Entry> entries = coverage.messages();
        String state = !coverage.isKept() ? "off" : !entries.isEmpty() ? "there" : isWatched ? "none" : "unwatched";
        Map<LeftOut, Integer> missing = new HashMap<>();
        entries.forEach(entry -> entry.coverage().leftOut().forEach(device -> missing.merge(device, 1, Integer::sum)));
        List<Device> devices = entries.isEmpty() ? List.of() : devices(people, rooms);
        List<Device> sorted = devices.stream().sorted(Comparator.comparing((Device device) -> -missing(device, missing))
            .thenComparing(Device::account).thenComparing(Device::id)).toList();
        Excerpt<Device> excerpt = Excerpt.of(sorted, page);
        return new CoverageMatrix(state, Written.time(coverage.since()),
            coverage.missed() == 0 ? "" : Written.number(coverage.missed()), messages(entries), rows(excerpt, entries),
            Written.number(devices.stream().filter(device -> missing(device, missing) > 0).count()));
    }

    private static int missing(Device device, Map<LeftOut, Integer> missing) {
        return missing.getOrDefault(new LeftOut(device.account, device.id), 0);
    }

    private static List<Device> devices(Iterable<BareJid> people, RoomDirectory rooms) {
        List<Device> devices = new ArrayList<>();
        for (BareJid account : people) {
            if (rooms.isLocal(account)) {
                Map<Integer, List<Family>> families = new TreeMap<>();
                rooms.readiness(account).ifPresent(keys -> {
                    for (Family family : Family.values()) {
                        keys.devices(family).forEach(id -> families.computeIfAbsent(id, key -> new ArrayList<>()).add(family));
                    }
                });
                families.forEach((id, all) -> devices.add(new Device(account, id, all)));
            }
        }
        return devices;
    }

    private static List<Message> messages(List<CoverageLog.Entry> entries) {
        List<Message> messages = new ArrayList<>();
        for (CoverageLog.Entry entry : entries) {
            Coverage coverage = entry.coverage();
            messages.add(new Message(messages.size() + 1, coverage.sender().toString(),
                new TreeSet<>(coverage.sids().values()).stream().map(String::valueOf).collect(Collectors.joining(", ")),
                coverage.sids().keySet().stream().sorted().map(Family::label).collect(Collectors.joining(", ")),
                Written.time(entry.time())));
        }
        return messages;
    }

    private static Excerpt<Row> rows(Excerpt<Device> devices, List<CoverageLog.Entry> entries) {
        TreeSet<BareJid> accounts = devices.rows().stream().map(Device::account).collect(Collectors.toCollection(TreeSet::new));
        Map<BareJid, Map<Integer, String>> labels = DeviceLabels.of(accounts);
        List<Map<BareJid, Member>> members = entries.stream().map(entry -> entry.coverage().members().stream()
            .filter(member -> accounts.contains(member.account()))
            .collect(Collectors.toMap(Member::account, member -> member))).toList();
        return devices.map(device -> {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                cells.add(cell(device, entries.get(i).coverage(), Optional.ofNullable(members.get(i).get(device.account))));
            }
            return new Row(device.account.toString(), Integer.toString(device.id),
                labels.getOrDefault(device.account, Map.of()).getOrDefault(device.id, ""),
                device.families.stream().map(Family::label).toList(), cells);
        });
    }

    private static String cell(Device device, Coverage coverage, Optional<Member> then) {
        if (coverage.sender().equals(device.account) && coverage.sids().containsValue(device.id)) {
            return "sender";
        }
        if (then.isEmpty()) {
            return "none";
        }
        if (then.get().keys().isEmpty()) {
            return "unknown";
        }
        boolean wasThere = coverage.sids().keySet().stream()
            .anyMatch(family -> then.get().keys().get().devices(family).contains(device.id));
        return !wasThere ? "none" : coverage.leftOut().contains(new LeftOut(device.account, device.id)) ? "left-out" : "reached";
    }
}
