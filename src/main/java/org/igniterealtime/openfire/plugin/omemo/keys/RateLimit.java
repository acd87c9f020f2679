package org.igniterealtime.openfire.plugin.omemo.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** How often each account may ask: a bucket of tokens that fills again at a steady pace. */
public final class RateLimit {

    private static final int MOST_ACCOUNTS = 10_000;
    private static final double NANOS = 1e9;

    /** What was left in a bucket, and when. */
    private record Bucket(double tokens, long nanoTime) {
    }

    private final int burst;
    private final int perSecond;
    private final Ticker clock;
    private final Cache<BareJid, Bucket> buckets;

    /**
     * @param burst     how often an account may ask at once
     * @param perSecond how often in the long run
     */
    public RateLimit(int burst, int perSecond) {
        this(burst, perSecond, Ticker.systemTicker());
    }

    RateLimit(int burst, int perSecond, Ticker clock) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.clock = clock;
        // A bucket that nobody used for so long is full.
        buckets = Caffeine.newBuilder().maximumSize(MOST_ACCOUNTS).ticker(clock).executor(Runnable::run)
            .expireAfterWrite(Duration.ofSeconds(1 + burst / perSecond)).build();
    }

    /** Whether the account may ask now; if so, it has. */
    public boolean allows(BareJid account) {
        boolean[] allowed = new boolean[1];
        buckets.asMap().compute(account, (key, before) -> {
            long now = clock.read();
            double tokens = before == null ? burst
                : Math.min(burst, before.tokens + (now - before.nanoTime) / NANOS * perSecond);
            allowed[0] = tokens >= 1;
            return new Bucket(allowed[0] ? tokens - 1 : tokens, now);
        });
        return allowed[0];
    }
}
