package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * What the page of the self-test and the bots shows.
 *
 * @param domain what has become of the bots' domain, such as {@code running}
 * @param address the domain, or empty
 * @param run the self-test that is looked at, or null
 * @param history the last ones, the newest first
 * @param waiting keys that wait for a decision, of all bots
 * @param bot the one that is looked at, or null
 */
public record SelfTestModel(String domain, String address, SelfTestRow run, List<SelfTestRow> history,
    List<LivingBot> bots, Excerpt<WaitingKey> waiting, BotDetails bot) {

    /** Whether bots live here, so that a self-test can be run. */
    public boolean ready() {
        return domain.equals("running");
    }

    /** Whether a self-test goes on. */
    public boolean running() {
        return !history.isEmpty() && history.get(0).running();
    }
}
