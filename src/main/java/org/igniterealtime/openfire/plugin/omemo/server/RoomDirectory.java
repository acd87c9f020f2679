package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.keys.ReadinessIndex;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.RoomRequirement;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.packet.JID;

/** All rooms of this server, their policies, and whether the people in them are ready for OMEMO. */
public final class RoomDirectory {

    /** Of one room; who comes after them is not looked at. */
    public static final int MOST_PEOPLE = 5_000;

    private final OpenfireRooms rooms;
    private final RoomGuard guard;
    private final ReadinessIndex readiness;
    private final CoverageWatch coverage;
    private final String domain;

    public RoomDirectory(XMPPServer server, RoomGuard guard, KeyService keys) {
        rooms = new OpenfireRooms(server);
        this.guard = guard;
        readiness = keys.readiness();
        coverage = keys.coverage();
        domain = new JID(null, server.getServerInfo().getXMPPDomain(), null).getDomain();
    }

    /** The policies as they stand now. */
    public PolicyBook policies() {
        return guard.policies();
    }

    /** What holds because of the property of a policy, also where that cannot be read; empty if it has no effect. */
    public Optional<Policy> inForce(String property) {
        return guard.inForce(property);
    }

    /**
     * The bare JIDs of all rooms, and of those that have a policy of their own and may not exist; without those of
     * self-tests. No room is loaded.
     */
    public SortedSet<String> addresses() {
        SortedSet<String> addresses = rooms.addresses();
        addresses.addAll(policies().rooms().keySet());
        addresses.removeIf(guard::isTemporary);
        return addresses;
    }

    /** A room's address as it is spelt here; empty if it is none of this server. */
    public Optional<String> address(String text) {
        try {
            JID address = new JID(text);
            return Optional.of(address).filter(jid -> jid.getNode() != null && jid.getResource() == null)
                .filter(jid -> rooms.serves(jid.getDomain())).map(JID::toString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Looks at a room, which may have to be loaded; empty if it does not exist.
     *
     * @throws IllegalStateException when the room cannot be asked
     */
    public Optional<RoomFacts> facts(String address) {
        JID room = new JID(address);
        return rooms.people(room).map(people -> {
            Set<BareJid> accounts = people.all(MOST_PEOPLE + 1);
            boolean isComplete = accounts.size() <= MOST_PEOPLE;
            if (!isComplete) {
                accounts.remove(accounts.iterator().next());
            }
            return new RoomFacts(rooms.title(room).orElse(""), accounts, isComplete,
                RoomSettings.governance().told(RoomRequirement.findings(people.nonAnonymous(), people.membersOnly())));
        });
    }

    /** Whom the last messages to a room leave out. */
    public RoomCoverage coverage(String address) {
        return new RoomCoverage(StatisticsSettings.ACTIVITY.value() != Activity.OFF, coverage.since(), coverage.missed(),
            coverage.log().of(address));
    }

    /** Whether an account is one of this server, whose keys can be looked at. */
    public boolean isLocal(BareJid account) {
        return account.local().isPresent() && account.domain().equals(domain);
    }

    /** What is known of an account of this server; see {@link ReadinessIndex#of}. */
    public Optional<Readiness> readiness(BareJid account) {
        return readiness.of(account);
    }
}
