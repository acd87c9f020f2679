package org.igniterealtime.openfire.plugin.omemo.stats;

import java.time.Duration;
import java.time.Instant;

/**
 * A self-test that was run.
 *
 * @param passed    how many steps passed
 * @param failed    how many failed
 * @param notTested how many could not be tested
 * @param report    its text
 */
public record SelfTestRecord(Instant began, Duration duration, int passed, int failed, int notTested, String report) {
}
