package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * Which devices of a room's members a message leaves out: those that others could write to in a family that the message is
 * encrypted for, and that find no key for them in it. The sender's own other devices are expected, too. Of a member whose
 * keys are not known nobody is left out.
 *
 * @param sids    the device that has sent it, in each family that it is encrypted for
 * @param members as they were when it was sent
 * @param leftOut in the order of the members, without those that the same device id was reached by in another family
 */
public record Coverage(BareJid sender, Map<Family, Integer> sids, List<Member> members, List<LeftOut> leftOut) {

    /** A device that cannot read the message. */
    public record LeftOut(BareJid account, int device) {
    }

    public Coverage {
        sids = Map.copyOf(sids);
        members = List.copyOf(members);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Looks for them.
     *
     * @param members everybody who should be able to read it, each once, the sender as well
     * @param message what it carries, each of another family
     */
    public static Coverage of(List<Member> members, BareJid sender, List<Addressees> message) {
        Map<Family, Integer> sids = new EnumMap<>(Family.class);
        List<Addressees.Lookup> lookups = new ArrayList<>(message.size());
        for (Addressees addressees : message) {
            sids.put(addressees.family(), addressees.sid());
            lookups.add(addressees.lookup());
        }
        List<LeftOut> leftOut = new ArrayList<>();
        for (Member member : members) {
            if (member.keys().isPresent()) {
                look(member, member.account().equals(sender), message, lookups, leftOut);
            }
        }
        return new Coverage(sender, sids, members, leftOut);
    }

    private static void look(Member member, boolean isSender, List<Addressees> message, List<Addressees.Lookup> lookups,
                             List<LeftOut> leftOut) {
        Readiness keys = member.keys().orElseThrow();
        int before = leftOut.size();
        for (int i = 0; i < message.size(); i++) {
            List<Integer> devices = keys.devices(message.get(i).family());
            Addressees.Ids reached = lookups.get(i).of(member.account());
            for (int j = 0; j < devices.size(); j++) {
                int device = devices.get(j);
                if (reached.contain(device) || isSender && device == message.get(i).sid()) {
                    continue;
                }
                LeftOut found = new LeftOut(member.account(), device);
                boolean isSaid = message.size() > 1 && (isReachedOtherwise(member, isSender, device, message, lookups)
                    || leftOut.subList(before, leftOut.size()).contains(found));
                if (!isSaid) {
                    leftOut.add(found);
                }
            }
        }
    }

    private static boolean isReachedOtherwise(Member member, boolean isSender, int device, List<Addressees> message,
                                              List<Addressees.Lookup> lookups) {
        for (int i = 0; i < message.size(); i++) {
            if (member.keys().orElseThrow().devices(message.get(i).family()).contains(device)
                && (lookups.get(i).of(member.account()).contain(device) || isSender && device == message.get(i).sid())) {
                return true;
            }
        }
        return false;
    }
}
