package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.group.GroupJID;
import org.jivesoftware.openfire.group.GroupManager;
import org.jivesoftware.openfire.group.GroupNotFoundException;
import org.xmpp.packet.JID;

/**
 * Those who have one and the same affiliation to a room. Openfire may list a group in place of its users; a group that is
 * gone has none.
 *
 * @param listed bare JIDs and JIDs of groups
 */
record Affiliates(Collection<JID> listed) {

    /** Whether the account is one of them, by itself or as a user of a group. */
    boolean include(BareJid account) {
        JID asOpenfireSpellsIt = null;
        for (JID one : listed) {
            if (!GroupJID.isGroup(one)) {
                if (account.equals(BareJid.of(one.toBareJID()).orElse(null))) {
                    return true;
                }
                continue;
            }
            asOpenfireSpellsIt = asOpenfireSpellsIt == null ? new JID(account.toString()) : asOpenfireSpellsIt;
            Optional<Group> group = group(one);
            if (group.isPresent() && group.get().isUser(asOpenfireSpellsIt)) {
                return true;
            }
        }
        return false;
    }

    /** Adds them, users of groups one by one, until there are so many accounts. */
    void addTo(Set<BareJid> accounts, int most) {
        for (JID one : listed) {
            if (!GroupJID.isGroup(one)) {
                add(one, accounts, most);
                continue;
            }
            Optional<Group> group = group(one);
            if (group.isPresent()) {
                for (JID user : group.get().getAll()) {
                    add(user, accounts, most);
                }
            }
        }
    }

    private static void add(JID one, Set<BareJid> accounts, int most) {
        if (accounts.size() < most) {
            BareJid.of(one.toBareJID()).ifPresent(accounts::add);
        }
    }

    private static Optional<Group> group(JID address) {
        try {
            return Optional.of(GroupManager.getInstance().getGroup(address));
        } catch (GroupNotFoundException e) {
            return Optional.empty();
        }
    }
}
