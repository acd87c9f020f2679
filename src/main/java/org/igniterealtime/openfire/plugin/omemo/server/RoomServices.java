package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.openfire.handler.IQHandler;
import org.jivesoftware.openfire.muc.MultiUserChatManager;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every chat service a handler for what its rooms are asked, and a feature that the service and its rooms announce.
 * Services may come while the server runs, which no release tells in a way that all share; so they are looked for.
 */
final class RoomServices {

    private static final Logger LOG = LoggerFactory.getLogger(RoomServices.class);
    private static final int LOOK_EVERY_SECONDS = 5;

    private final MultiUserChatManager manager;
    private final IQHandler handler;
    private final String feature;
    private final Set<MultiUserChatService> served = Collections.newSetFromMap(new IdentityHashMap<>());
    private ScheduledExecutorService clock;

    RoomServices(MultiUserChatManager manager, IQHandler handler, String feature) {
        this.manager = manager;
        this.handler = handler;
        this.feature = feature;
    }

    synchronized void start() {
        look();
        clock = Workers.clock("omemo-room-services");
        clock.scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    synchronized void stop() {
        clock.shutdownNow();
        for (MultiUserChatService service : served) {
            service.removeExtraFeature(feature);
            service.removeIQHandler(handler);
        }
        served.clear();
    }

    private synchronized void look() {
        if (clock != null && clock.isShutdown()) {
            return;
        }
        try {
            List<MultiUserChatService> services = manager.getMultiUserChatServices();
            served.retainAll(identities(services));
            for (MultiUserChatService service : services) {
                if (served.add(service)) {
                    service.addIQHandler(handler);
                    service.addExtraFeature(feature);
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("The chat services could not be looked for: {}", e.toString());
        }
    }

    private static Set<MultiUserChatService> identities(List<MultiUserChatService> services) {
        Set<MultiUserChatService> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(services);
        return identities;
    }
}
