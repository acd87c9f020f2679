package org.igniterealtime.openfire.plugin.omemo.server;

import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;

/** Everything that keeps plaintext out of rooms, put together: settings, interceptor, statistics. */
public final class RoomGuard {

    private final PolicySettings settings;
    private final MucInterceptor interceptor;
    private final CounterStatistics statistics;

    public RoomGuard(XMPPServer server) {
        Rooms rooms = new OpenfireRooms(server);
        RoomWatch watch = new RoomWatch(rooms);
        Counters counters = new Counters();
        settings = new PolicySettings(watch::lookAt);
        interceptor = new MucInterceptor(settings::book, rooms, watch,
            new Bounces(server.getPacketRouter(), counters), new Notices(server.getPacketRouter()), counters);
        statistics = new CounterStatistics(counters);
    }

    /** Reads the policies, then stands in front of every other interceptor. */
    public void start() {
        settings.start();
        InterceptorManager.getInstance().addInterceptor(0, interceptor);
        statistics.register();
    }

    /** The interceptor leaves last. */
    public void stop() {
        statistics.unregister();
        settings.stop();
        InterceptorManager.getInstance().removeInterceptor(interceptor);
    }
}
