package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;

/** Everything that keeps plaintext out of rooms, put together: settings and interceptor. */
public final class RoomGuard {

    private final PolicySettings settings;
    private final MucInterceptor interceptor;

    public RoomGuard(XMPPServer server, Counters counters) {
        Rooms rooms = new OpenfireRooms(server);
        RoomWatch watch = new RoomWatch(rooms);
        settings = new PolicySettings(watch::lookAt);
        interceptor = new MucInterceptor(settings::book, rooms, watch,
            new Bounces(server.getPacketRouter(), counters), new Notices(server.getPacketRouter()), counters);
    }

    /** The policies as they stand now. */
    public PolicyBook policies() {
        return settings.book();
    }

    /** Reads the policies, then stands in front of every other interceptor. */
    public void start() {
        settings.start();
        InterceptorManager.getInstance().addInterceptor(0, interceptor);
    }

    /** The interceptor leaves last. */
    public void stop() {
        settings.stop();
        InterceptorManager.getInstance().removeInterceptor(interceptor);
    }
}
