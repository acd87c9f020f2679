package org.igniterealtime.openfire.plugin.omemo.admin;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jivesoftware.util.StringUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one page reads from the database, itself or through Openfire. The database may be dead, and may not even say so: all
 * that a page reads takes a few seconds together and no longer. When something has failed, nothing more is tried, and the
 * page says what is missing, and why. One thread, that of the page.
 */
final class Reading {

    /** For all that a page reads. */
    static final Duration LONGEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final int LONGEST_REASON = 200;

    private final ExecutorService readers;
    private final Duration longest;
    private final long begin = System.nanoTime();
    private final Set<String> missing = new LinkedHashSet<>();
    private String reason;
    private String detail = "";

    /** @param readers the threads that read, as many as may wait for a database that does not answer */
    Reading(ExecutorService readers, Duration longest) {
        this.readers = readers;
        this.longest = longest;
    }

    /**
     * Reads a part of the page.
     *
     * @param part what it is, as the end of its text's key
     * @param otherwise what to show if it cannot be read
     */
    <T> T of(String part, T otherwise, Callable<T> source) {
        if (reason == null) {
            try {
                return read(source);
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                judge(part, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                judge(part, e);
            }
        }
        missing.add(part);
        return otherwise;
    }

    private <T> T read(Callable<T> source) throws ExecutionException, TimeoutException, InterruptedException {
        Future<T> answer = readers.submit(source);
        try {
            return answer.get(longest.toNanos() - (System.nanoTime() - begin), TimeUnit.NANOSECONDS);
        } finally {
            // Whoever reads is not interrupted: some databases do not survive that.
            answer.cancel(false);
        }
    }

    private void judge(String part, Exception failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        reason = cause instanceof TimeoutException || cause instanceof InterruptedException ? "slow"
            : cause instanceof RejectedExecutionException ? "busy" : "failed";
        Throwable said = cause.getCause() == null ? cause : cause.getCause();
        detail = StringUtils.abbreviate(Optional.ofNullable(said.getMessage()).orElse(said.getClass().getSimpleName()),
            LONGEST_REASON);
        LOG.warn("A page could not be shown in full ({}, {}): {}", part, reason, said.toString());
    }

    /** Whether nothing is missing so far. */
    boolean isComplete() {
        return reason == null;
    }

    /** What is missing; empty if nothing is. */
    Optional<Missing> missing() {
        return isComplete() ? Optional.empty() : Optional.of(Missing.of(List.copyOf(missing), reason,
            reason.equals("failed") ? new Object[] {detail} : new Object[] {Written.number(longest.toSeconds())}));
    }
}
