package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what concerns one client, one thing after the other, on threads that many share. A client with much to do gives the
 * thread back after each task, so that others get their turn.
 */
final class Lane implements Executor {

    private static final int MOMENT_SECONDS = 2;

    private final Executor threads;
    private final int most;
    private final Consumer<Throwable> failures;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger offered = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * @param most     how much of what others send may wait
     * @param failures told what a task has thrown; the lane goes on
     */
    Lane(Executor threads, int most, Consumer<Throwable> failures) {
        this.threads = threads;
        this.most = most;
        this.failures = failures;
    }

    /** Takes a task that somebody else has caused, unless too many of those wait. */
    boolean offer(Runnable task) {
        if (offered.incrementAndGet() > most) {
            offered.decrementAndGet();
            return false;
        }
        execute(() -> {
            offered.decrementAndGet();
            task.run();
        });
        return true;
    }

    /** Takes a task of the client's own, whose number is bounded by what it has begun. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        begin();
    }

    /** Has something found out on the lane; nothing if that takes longer than a moment. Not to be called on the lane. */
    <T> Optional<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> answer.complete(question.get()));
        try {
            return Optional.of(answer.get(MOMENT_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private void begin() {
        if (!tasks.isEmpty() && running.compareAndSet(false, true)) {
            try {
                threads.execute(this::runOne);
            } catch (RejectedExecutionException e) {
                // The host has stopped; nothing is done any more.
                tasks.clear();
                running.set(false);
            }
        }
    }

    private void runOne() {
        try {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        } catch (RuntimeException | Error e) {
            failures.accept(e);
        } finally {
            running.set(false);
            begin();
        }
    }
}
