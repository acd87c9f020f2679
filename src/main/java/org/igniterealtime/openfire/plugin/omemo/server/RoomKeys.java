package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.keys.RoomKeysAnswer;
import org.igniterealtime.openfire.plugin.omemo.keys.RoomKeysRequest;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError.Condition;

/** Finds out what a room tells somebody of its members' keys. */
final class RoomKeys {

    private static final int MOST_PEOPLE = 20_000;
    private static final int READINGS_AT_ONCE = 8;
    private static final int PATIENCE_SECONDS = 20;

    /** Why there is no answer. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Condition condition;

        private Refusal(Condition condition, String text, Throwable cause) {
            super(text, cause, false, false);
            this.condition = condition;
        }

        Condition condition() {
            return condition;
        }
    }

    private final KeyDirectory directory;
    private final Rooms rooms;
    private final CommonRooms commonRooms;
    private final Predicate<BareJid> isLocal;

    /** @param isLocal whether an address belongs to an account of this server */
    RoomKeys(KeyDirectory directory, Rooms rooms, CommonRooms commonRooms, Predicate<BareJid> isLocal) {
        this.directory = directory;
        this.rooms = rooms;
        this.commonRooms = commonRooms;
        this.isLocal = isLocal;
    }

    /**
     * One page. It waits until the store has answered.
     *
     * @return the element that answers the question
     * @throws Refusal when the asker may not have it, or it cannot be had now
     */
    String answer(JID room, JID from, BareJid asker, RoomKeysRequest asked) throws Refusal, InterruptedException {
        RoomKeysAnswer page = new RoomKeysAnswer(asked, people(room, from, asker));
        List<BareJid> due = page.due();
        for (int i = 0; i < due.size(); i += READINGS_AT_ONCE) {
            if (!tell(page, due.subList(i, Math.min(due.size(), i + READINGS_AT_ONCE)), asker)) {
                break;
            }
        }
        return page.toXml();
    }

    private Set<BareJid> people(JID room, JID from, BareJid asker) throws Refusal {
        Optional<RoomPeople> people = rooms.people(room);
        boolean inside = people.isPresent() && people.get().haveInside(asker);
        if (!inside && !(people.isPresent() && people.get().haveAffiliate(asker))) {
            // The same whether or not there is such a room.
            throw new Refusal(Condition.forbidden, "Only a room's occupants and members may ask it.", null);
        }
        if (!people.get().nonAnonymous()) {
            throw new Refusal(Condition.not_allowed, "The room does not tell the addresses of its occupants.", null);
        }
        if (inside) {
            commonRooms.entered(room, from);
        }
        Set<BareJid> seen = people.get().seenBy(asker, MOST_PEOPLE + 1);
        if (seen.size() > MOST_PEOPLE) {
            throw new Refusal(Condition.not_acceptable, "The room has too many members.", null);
        }
        return seen;
    }

    /** @return false if the page is full */
    private boolean tell(RoomKeysAnswer page, List<BareJid> accounts, BareJid asker) throws Refusal, InterruptedException {
        List<CompletableFuture<AccountKeys>> readings = new ArrayList<>();
        for (BareJid account : accounts) {
            readings.add(isLocal.test(account) ? directory.read(account) : null);
        }
        for (int i = 0; i < accounts.size(); i++) {
            BareJid account = accounts.get(i);
            CompletableFuture<AccountKeys> reading = readings.get(i);
            boolean told = reading == null ? page.tellRemote() : page.tell(await(reading), mayRead(asker, account));
            if (!told) {
                return false;
            }
        }
        return true;
    }

    private Predicate<PublishedNode> mayRead(BareJid asker, BareJid account) {
        return new Predicate<>() {
            /** Null until it matters. */
            private Boolean closedOnes;

            @Override
            public boolean test(PublishedNode node) {
                if (node.everyoneMayRead()) {
                    return true;
                }
                if (closedOnes == null) {
                    closedOnes = asker.equals(account) || commonRooms.share(asker, account);
                }
                return closedOnes;
            }
        };
    }

    private static AccountKeys await(CompletableFuture<AccountKeys> reading) throws Refusal, InterruptedException {
        try {
            return reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RejectedExecutionException
                ? new Refusal(Condition.resource_constraint, "Too many requests are waiting.", e.getCause())
                : new Refusal(Condition.internal_server_error, "The keys cannot be read now.", e.getCause());
        } catch (TimeoutException e) {
            throw new Refusal(Condition.internal_server_error, "The keys cannot be read now.", e);
        }
    }
}
