package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.keys.Addressees;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage;
import org.igniterealtime.openfire.plugin.omemo.keys.Member;
import org.igniterealtime.openfire.plugin.omemo.policy.Audience;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Those for whom one message can be encrypted. Lists of this server's accounts are waited for, all together a moment. */
final class RoomAudience implements Audience {

    private static final int MOST_AHEAD = 1_000;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private final JID room;
    private final JID sender;
    private final RoomRolls rolls;
    private final Supplier<Optional<KnownDevices>> devices;
    private Optional<Set<BareJid>> people;
    private Optional<Set<BareJid>> now;
    private boolean isLookingAhead;
    private long deadline;

    /** @param devices empty while the plugin starts and ends */
    RoomAudience(Packet packet, RoomRolls rolls, Supplier<Optional<KnownDevices>> devices) {
        room = packet.getTo();
        sender = packet.getFrom();
        this.rolls = rolls;
        this.devices = devices;
    }

    /** Once for all checks of a message, as is the other. */
    @Override
    public Optional<Set<BareJid>> people() {
        if (people == null) {
            people = rolls.of(room);
        }
        return people;
    }

    @Override
    public Optional<Set<BareJid>> peopleNow() {
        if (now == null) {
            now = rolls.now(room);
        }
        return now;
    }

    /** What a sender on another server knows of other servers' accounts need not have passed here. */
    @Override
    public Optional<Set<Integer>> listed(BareJid account, Family family) {
        KnownDevices known = known();
        if (known.isLocal(account)) {
            if (!isLookingAhead && !known.isKnown(account)) {
                // Others of the room will be asked for, too: then they need not be waited for one by one.
                isLookingAhead = true;
                people().ifPresent(all -> known.lookAhead(all, MOST_AHEAD));
            }
            return Optional.of(known.listed(account, family, patience()));
        }
        return known.isOfThisServer(sender) ? known.remoteListed(account, family) : Optional.empty();
    }

    @Override
    public boolean wasListedLately(BareJid account, Family family, int device) {
        return known().wasListedLately(account, family, device);
    }

    @Override
    public Shortfall leftOut(List<Encrypted> accepted) {
        Optional<BareJid> account = BareJid.of(sender.toBareJID());
        Optional<Set<BareJid>> present = people();
        if (account.isEmpty() || present.isEmpty()) {
            return new Shortfall(List.of(), 0);
        }
        KnownDevices known = known();
        List<Member> members = new ArrayList<>(present.get().size() + 1);
        present.get().forEach(one -> members.add(new Member(one, known.readiness(one))));
        if (!present.get().contains(account.get())) {
            members.add(new Member(account.get(), known.readiness(account.get())));
        }
        List<Coverage.LeftOut> leftOut = Coverage.of(members, account.get(), accepted.stream().map(Addressees::of).toList())
            .leftOut();
        return new Shortfall(leftOut.stream().map(Coverage.LeftOut::account).distinct().toList(), leftOut.size());
    }

    private long patience() {
        long now = System.nanoTime();
        if (deadline == 0) {
            deadline = now + PATIENCE;
        }
        return Math.max(0, deadline - now);
    }

    private KnownDevices known() {
        return devices.get().orElseThrow(() -> new IllegalStateException("Nothing is known of keys yet, or any more"));
    }
}
