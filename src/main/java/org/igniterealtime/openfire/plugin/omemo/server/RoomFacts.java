package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/**
 * What an operator should know of a room.
 *
 * @param title what it is called
 * @param people owners, admins, members and occupants, users of groups one by one
 * @param isComplete false if there are more people than that
 * @param findings what XEP-0384 would have otherwise
 */
public record RoomFacts(String title, Set<BareJid> people, boolean isComplete, List<Finding> findings) {
}
