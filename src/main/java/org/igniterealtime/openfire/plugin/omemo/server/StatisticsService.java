package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.igniterealtime.openfire.plugin.omemo.store.ConnectionSource;
import org.igniterealtime.openfire.plugin.omemo.store.CountTable;
import org.igniterealtime.openfire.plugin.omemo.store.OpenfireConnectionSource;
import org.igniterealtime.openfire.plugin.omemo.store.Retention;
import org.igniterealtime.openfire.plugin.omemo.store.RoomTable;
import org.igniterealtime.openfire.plugin.omemo.store.SelfTestTable;
import org.igniterealtime.openfire.plugin.omemo.store.StatisticsWriter;
import org.igniterealtime.openfire.plugin.omemo.store.ViolationTable;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is counted and remembered of what passes, put together: recorders in memory, and one thread that writes from them to
 * the server's database every ten seconds. While the database cannot be used, what they hold waits.
 */
public final class StatisticsService {

    /** How much is lost at most when the server is killed. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsService.class);
    private static final Duration UPKEEP = Duration.ofDays(1);
    private static final Duration FIRST_UPKEEP = Duration.ofMinutes(5);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final InstantSource clock = InstantSource.system();
    private final ConnectionSource source = new OpenfireConnectionSource();
    private final MessageCounts counts = new MessageCounts();
    private final Violations violations = new Violations();
    private final Sightings sightings = new Sightings();
    private final StatisticsWriter writer = new StatisticsWriter(source, counts, violations);
    private final Retention retention = new Retention(source);
    private final MessageRecorder recorder;
    private final DirectMessages direct;
    private final ScheduledExecutorService thread = Workers.clock("omemo-statistics");
    private DeviceObserver devices;
    private Activity activity;
    private boolean mustForgetPersons;
    private boolean failing;
    private long nextUpkeep;

    public StatisticsService(XMPPServer server) {
        recorder = new MessageRecorder(counts, violations, sightings, server::isLocal, clock);
        direct = new DirectMessages(recorder);
    }

    MessageRecorder recorder() {
        return recorder;
    }

    Sightings sightings() {
        return sightings;
    }

    ConnectionSource source() {
        return source;
    }

    InstantSource clock() {
        return clock;
    }

    /** What was counted. */
    public CountTable counts() {
        return new CountTable(source);
    }

    /** The violations that were noted. */
    public ViolationTable violations() {
        return new ViolationTable(source);
    }

    /** What is kept of rooms. */
    public RoomTable rooms() {
        return new RoomTable(source);
    }

    /** See {@link Violations#latest()}. */
    public Map<String, Instant> latestViolations() {
        Map<String, Instant> latest = new HashMap<>();
        violations.latest().forEach((room, millis) -> latest.put(room, Instant.ofEpochMilli(millis)));
        return latest;
    }

    /** What came of self-tests. */
    public SelfTestTable selfTests() {
        return new SelfTestTable(source);
    }

    /** Keeps what comes of these self-tests. */
    public void follow(SelfTestRuns runs) {
        runs.addListener(new SelfTestKeeper(new SelfTestTable(source)));
    }

    /** Writes also what this one has observed. To be told before the start. */
    void observe(DeviceObserver observer) {
        devices = observer;
    }

    /** Begins to write. */
    public void start() {
        nextUpkeep = clock.millis() + FIRST_UPKEEP.toMillis();
        look();
        InterceptorManager.getInstance().addInterceptor(direct);
        thread.scheduleWithFixedDelay(() -> write(false), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes a last time, unless that takes too long. */
    public void stop() {
        InterceptorManager.getInstance().removeInterceptor(direct);
        thread.execute(() -> write(true));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A change of the setting is in force with the next writing. */
    private void look() {
        Activity setting = StatisticsSettings.ACTIVITY.value();
        if (setting != activity) {
            activity = setting;
            mustForgetPersons = setting == Activity.OFF;
            recorder.keep(setting);
            devices.observe(setting != Activity.OFF);
        }
    }

    private void write(boolean isLast) {
        try {
            look();
            long now = clock.millis();
            writer.write(now, activity == Activity.ROOMS_AND_DIRECT);
            devices.write(now, isLast);
            if (mustForgetPersons) {
                retention.forgetPersons();
                mustForgetPersons = false;
            }
            if (now >= nextUpkeep) {
                nextUpkeep = now + UPKEEP.toMillis();
                retention.forget(now, StatisticsSettings.STATISTICS_DAYS.value(), StatisticsSettings.VIOLATION_DAYS.value());
            }
            if (failing) {
                failing = false;
                LOG.info("Statistics are written again; {} counts were given up.", writer.lost());
            }
        } catch (SQLException | IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.warn("Statistics cannot be written now, and wait: {}", e.toString());
            }
        }
    }
}
