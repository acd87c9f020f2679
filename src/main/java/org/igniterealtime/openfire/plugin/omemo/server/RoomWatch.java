package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.jivesoftware.util.TaskEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Tells the operator, in the server's log, of enforced rooms that do not meet what OMEMO asks of a room: once when it is
 * seen, once when it changes. The rooms themselves are never touched.
 */
final class RoomWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
    private static final int MOST_ROOMS = 10_000;

    private final Rooms rooms;
    private final Cache<String, Boolean> lookedAt = Caffeine.newBuilder()
        .maximumSize(MOST_ROOMS).expireAfterWrite(Duration.ofMinutes(1)).build();
    private final Cache<String, List<Finding>> known = Caffeine.newBuilder().maximumSize(MOST_ROOMS).build();

    RoomWatch(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Looks at an enforced room in which something happens, off the caller's thread and at most once a minute. */
    void noteTraffic(JID address) {
        String room = address.toBareJID();
        if (lookedAt.getIfPresent(room) == null && lookedAt.asMap().putIfAbsent(room, Boolean.TRUE) == null) {
            lookAt(room);
        }
    }

    /** Looks at a room for which enforcing was asked, off the caller's thread. */
    void lookAt(String room) {
        TaskEngine.getInstance().submit(() -> {
            try {
                report(room, rooms.requirementFindings(new JID(room)));
            } catch (RuntimeException e) {
                LOG.warn("Room {} could not be looked at: {}", room, e.getClass().getName());
            }
        });
    }

    private void report(String room, List<Finding> findings) {
        List<Finding> before = known.asMap().put(room, findings);
        if (findings.equals(before) || findings.isEmpty() && before == null) {
            return;
        }
        if (findings.isEmpty()) {
            LOG.info("There is nothing to be told of room {} any more.", room);
        } else {
            Texts texts = Texts.in(Locale.ENGLISH);
            LOG.warn("Encryption is enforced in room {}, which is not fit for it: {}", room, findings.stream()
                .map(finding -> finding.code().code() + ": " + texts.explanation(finding))
                .collect(Collectors.joining(" ")));
        }
    }
}
