package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.igniterealtime.openfire.plugin.omemo.server.RoomFacts;

/**
 * Who of a room would be able to speak in it if encryption in certain families was enforced.
 *
 * @param members those who would not first
 * @param able how many would
 * @param unable how many would not
 * @param remote how many are of other servers, and hence unknown
 * @param pending how many are still being looked at
 * @param byFamily how many could be written to, by families
 * @param isComplete false if the room has more people than were looked at
 */
public record RoomReadiness(List<MemberRow> members, int able, int unable, int remote, int pending,
    Map<String, Integer> byFamily, boolean isComplete) {

    static RoomReadiness of(RoomFacts facts, Set<Family> accepted, RoomDirectory rooms) {
        List<MemberRow> members = new ArrayList<>(facts.people().size());
        Map<Family, Integer> families = new EnumMap<>(Family.class);
        for (BareJid account : facts.people()) {
            MemberRow member = MemberRow.of(account, accepted, rooms);
            members.add(member);
            member.able().forEach(family -> families.merge(family, 1, Integer::sum));
        }
        members.sort(Comparator.comparing(MemberRow::rank).thenComparing(MemberRow::account));
        Map<String, Integer> byFamily = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            byFamily.put(family.label(), families.getOrDefault(family, 0));
        }
        return new RoomReadiness(members, count(members, MemberRow.READY), (int) members.stream()
            .filter(MemberRow::isUnable).count(), count(members, MemberRow.REMOTE), count(members, MemberRow.PENDING), byFamily,
            facts.isComplete());
    }

    private static int count(List<MemberRow> members, String state) {
        return (int) members.stream().filter(member -> member.state().equals(state)).count();
    }

    /** How many people there are. */
    public int total() {
        return members.size();
    }

    /** In one word: {@code empty}, {@code pending}, {@code some} cannot speak, {@code unknown}, or {@code ready}. */
    public String verdict() {
        if (members.isEmpty()) {
            return "empty";
        }
        if (unable > 0) {
            return "some";
        }
        return pending > 0 ? "pending" : remote > 0 ? "unknown" : "ready";
    }
}
