package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.xmpp.packet.JID;

/**
 * Who belongs to a room, and who of them may know of whom.
 *
 * @param nonAnonymous whether occupants see each other's addresses
 * @param membersOnly  whether nobody else may enter
 * @param occupants    the full JIDs of those inside
 */
record RoomPeople(boolean nonAnonymous, boolean membersOnly, Affiliates owners, Affiliates admins, Affiliates members,
                  Affiliates outcasts, List<JID> occupants) {

    /** Whether the account is owner, admin or member, and not an outcast by way of a group. */
    boolean haveAffiliate(BareJid account) {
        return (owners.include(account) || admins.include(account) || members.include(account))
            && !outcasts.include(account);
    }

    /** Whether the account is inside, with any of its connections. */
    boolean haveInside(BareJid account) {
        for (JID occupant : occupants) {
            if (account.equals(BareJid.of(occupant.toBareJID()).orElse(null))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Those whom somebody who belongs to the room may know of. The list of members is for everybody in a room for members
     * only, and else for admins and owners (XEP-0045, section 9.5).
     *
     * @param most how many at most
     */
    Set<BareJid> seenBy(BareJid asker, int most) {
        boolean seesMembers = membersOnly || owners.include(asker) || admins.include(asker);
        return collect(most, seesMembers);
    }

    /** All of them. */
    Set<BareJid> all(int most) {
        return collect(most, true);
    }

    private Set<BareJid> collect(int most, boolean withMembers) {
        Set<BareJid> accounts = new HashSet<>();
        for (JID occupant : occupants) {
            // Never a group, although a resource can be chosen so that an address looks like one.
            if (accounts.size() < most) {
                BareJid.of(occupant.toBareJID()).ifPresent(accounts::add);
            }
        }
        owners.addTo(accounts, most);
        admins.addTo(accounts, most);
        if (withMembers) {
            members.addTo(accounts, most);
        }
        return accounts;
    }
}
