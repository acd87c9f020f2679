package org.igniterealtime.openfire.plugin.omemo.store;

import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import java.sql.SQLException;
import java.time.Duration;

/** Forgets what is old, in small transactions. Any number of nodes may do it at once. */
public final class Retention {

    /** How long hours are kept; their days are kept longer. */
    public static final int DAYS_OF_HOURS = 14;

    private static final int HOURS_OF_A_DAY = 24;

    private final CountTable counts;
    private final ViolationTable violations;
    private final RoomTable rooms;
    private final DeviceTable devices;

    public Retention(ConnectionSource source) {
        counts = new CountTable(source);
        violations = new ViolationTable(source);
        rooms = new RoomTable(source);
        devices = new DeviceTable(source);
    }

    /**
     * Forgets what is older than so many days.
     *
     * @param now            milliseconds since 1970
     * @param statisticsDays for what was counted in days, and for devices that are on no list any more
     * @param violationDays  for violations
     * @throws SQLException if the database cannot be used
     */
    public void forget(long now, int statisticsDays, int violationDays) throws SQLException {
        int hour = Violations.hour(now);
        counts.forget(hour - DAYS_OF_HOURS * HOURS_OF_A_DAY, Math.floorDiv(hour, HOURS_OF_A_DAY) - statisticsDays);
        violations.forget(hour - violationDays * HOURS_OF_A_DAY);
        rooms.forget(now - Duration.ofDays(violationDays).toMillis());
        devices.forgetRemoved(now - Duration.ofDays(statisticsDays).toMillis());
    }

    /**
     * Forgets everything about persons: devices, their keys, and violations that name a sender.
     *
     * @throws SQLException if the database cannot be used
     */
    public void forgetPersons() throws SQLException {
        devices.forgetAll();
        violations.forgetSenders();
        rooms.forgetWithoutViolations();
    }
}
