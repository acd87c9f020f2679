package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.ReadinessIndex;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.DeviceTable;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.UnauthorizedException;
import org.jivesoftware.openfire.event.UserEventDispatcher;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;

/** Everything that makes OMEMO's keys work and serves them, put together. */
public final class KeyService {

    private static final Logger LOG = LoggerFactory.getLogger(KeyService.class);

    /** How much memory may be used for keys: a sixteenth of what there is, and at least 16 MiB. */
    private static final long MOST_BYTES = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final XMPPServer server;
    private final RoomGuard guard;
    private final KeyDirectory directory;
    private final KnownDevices devices;
    private final ReadinessIndex readiness;
    private final CoverageWatch coverage;
    private final KeysAhead ahead;
    private final KeyCluster cluster;
    private final AccountDeletions deletions;
    private final PubSubFeatures features;
    private final PrivateStorageGuard privateStorage = new PrivateStorageGuard();
    private final PubSubHandler pubSub;
    private final PubSubHandler owner;
    private final RoomKeyService rooms;
    private final KeyHousekeeping housekeeping;
    private final KeyRepairCommand repairCommand;
    private final StatisticsService statistics;
    private final DeviceObserver observer;
    private final DeviceSigns signs;
    private final KeyDesk desk;

    public KeyService(XMPPServer server, RoomGuard guard, KeyCounters counters, StatisticsService statistics) {
        this.server = server;
        this.guard = guard;
        this.statistics = statistics;
        PepNodes nodes = new PepNodes(server);
        directory = new KeyDirectory(nodes, MOST_BYTES);
        readiness = new ReadinessIndex(directory, this::dead);
        devices = new KnownDevices(server, directory, readiness);
        ahead = new KeysAhead(directory, () -> nodes.latestPublishers(KeysAhead.MOST));
        cluster = new KeyCluster(directory);
        DeviceTable deviceTable = new DeviceTable(statistics.source());
        observer = new DeviceObserver(directory, deviceTable, statistics.sightings(), TemporaryAccounts::isOpen);
        signs = new DeviceSigns(deviceTable, new CountTable(statistics.source()));
        directory.watch(observer);
        statistics.observe(observer);
        coverage = new CoverageWatch(new OpenfireRooms(server), devices::isLocal, readiness::of,
            statistics.sightings().unanswered(), statistics.clock());
        deletions = new AccountDeletions(server, directory, nodes, cluster, observer::forget);
        features = new PubSubFeatures(server::isLocal);
        Consumer<IQ> replies = this::deliver;
        Consumer<IQ> openfire = request -> {
            IQ reply = PubSubHandler.openfire(server, request);
            if (reply != null) {
                deliver(reply);
            }
        };
        rooms = new RoomKeyService(server, directory, readiness, devices::isLocal, guard, counters, replies);
        KeyReader reader = new KeyReader(directory, nodes, rooms::mayReadClosed, counters, replies, openfire);
        KeyWriter writer = new KeyWriter(directory, nodes, cluster, counters, replies,
            (account, node, items) -> observer.published(account, node, items, statistics.clock().millis()));
        pubSub = new PubSubHandler(PubSubHandler.PUBSUB, server, reader, writer, counters);
        owner = new PubSubHandler(PubSubHandler.OWNER, server, reader, writer, counters);
        AccountRepair repair = new AccountRepair(directory, nodes, cluster, this::lastSeen);
        housekeeping = new KeyHousekeeping(nodes::owners, repair::carryOut);
        repairCommand = new KeyRepairCommand(housekeeping);
        desk = new KeyDesk(directory, repair, statistics.source());
    }

    /** Where admins look at keys. */
    public KeyDesk desk() {
        return desk;
    }

    /** Which accounts are ready for OMEMO. */
    ReadinessIndex readiness() {
        return readiness;
    }

    /** Whom messages are encrypted for. */
    CoverageWatch coverage() {
        return coverage;
    }

    /** Steps in front of Openfire's personal eventing. */
    public void start() {
        cluster.start();
        statistics.recorder().tell(coverage);
        UserEventDispatcher.addListener(deletions);
        server.getIQRouter().addHandler(pubSub);
        server.getIQRouter().addHandler(owner);
        InterceptorManager.getInstance().addInterceptor(features);
        InterceptorManager.getInstance().addInterceptor(privateStorage);
        devices.start();
        guard.holdAgainst(devices);
        rooms.start();
        server.getAdHocCommandHandler().addCommand(repairCommand);
        ahead.start();
    }

    /** Leaves it as it was. */
    public void stop() {
        ahead.stop();
        server.getAdHocCommandHandler().removeCommand(repairCommand);
        housekeeping.close();
        rooms.stop();
        guard.holdAgainst(null);
        devices.stop();
        InterceptorManager.getInstance().removeInterceptor(privateStorage);
        InterceptorManager.getInstance().removeInterceptor(features);
        server.getIQRouter().removeHandler(owner);
        server.getIQRouter().removeHandler(pubSub);
        UserEventDispatcher.removeListener(deletions);
        cluster.stop();
        coverage.close();
        readiness.close();
        directory.close();
    }

    private Map<Integer, Instant> lastSeen(BareJid account) {
        return signs.of(account, KeySettings.surveyLimits().silence(), StatisticsSettings.ACTIVITY.value(),
            statistics.clock().instant());
    }

    /** In the background. */
    private Map<Family, Set<Integer>> dead(BareJid account) {
        if (StatisticsSettings.ACTIVITY.value() == Activity.OFF) {
            return Map.of();
        }
        try {
            return desk.dead(account, statistics.clock().instant());
        } catch (IOException e) {
            LOG.debug("Which devices of {} are dead is not known now: {}", account, e.toString());
            return Map.of();
        }
    }

    private void deliver(IQ reply) {
        try {
            server.getPacketDeliverer().deliver(reply);
        } catch (UnauthorizedException | RuntimeException e) {
            LOG.warn("An answer could not be delivered: {}", e.toString());
        }
    }
}
