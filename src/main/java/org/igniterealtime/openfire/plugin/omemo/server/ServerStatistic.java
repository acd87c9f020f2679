package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.function.DoubleSupplier;
import org.jivesoftware.openfire.stats.Statistic;
import org.jivesoftware.util.LocaleUtils;

/**
 * A number of ours among the statistics of the server, with its texts in the administrator's language.
 *
 * @param name  in the keys of its texts
 * @param units the key of its units, after {@code statistic.}
 * @param isPartialSample whether the other nodes of a cluster have more of it
 */
record ServerStatistic(String name, String units, boolean isPartialSample, DoubleSupplier value) implements Statistic {

    @Override
    public String getName() {
        return text(name + ".name");
    }

    @Override
    public Type getStatType() {
        return Type.count;
    }

    @Override
    public String getDescription() {
        return text(name + ".description");
    }

    @Override
    public String getUnits() {
        return text(units);
    }

    @Override
    public double sample() {
        return value.getAsDouble();
    }

    private static String text(String key) {
        return LocaleUtils.getLocalizedString("statistic." + key, "omemo");
    }
}
