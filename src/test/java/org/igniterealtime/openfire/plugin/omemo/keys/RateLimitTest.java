package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final BareJid ALICE = BareJid.of("alice@example.org").orElseThrow();
    private static final BareJid BOB = BareJid.of("bob@example.org").orElseThrow();

    private long nanos;
    private final RateLimit<BareJid> limit = new RateLimit<>(20, 5, () -> nanos);

    @Test
    void allowsABurstAndThenSoManyInASecond() {
        assertThat(allowed(ALICE, 50)).isEqualTo(20);

        nanos += TimeUnit.MILLISECONDS.toNanos(150);
        assertThat(allowed(ALICE, 50)).isZero();
        nanos += TimeUnit.MILLISECONDS.toNanos(50);
        assertThat(allowed(ALICE, 50)).isOne();
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(allowed(ALICE, 50)).isEqualTo(10);
    }

    @Test
    void neverSavesUpMoreThanABurst() {
        assertThat(allowed(ALICE, 1)).isOne();
        nanos += TimeUnit.HOURS.toNanos(1);

        assertThat(allowed(ALICE, 50)).isEqualTo(20);
    }

    @Test
    void thosePatientAreNotHinderedByOthers() {
        allowed(ALICE, 50);

        assertThat(allowed(BOB, 1)).isOne();
    }

    private int allowed(BareJid account, int questions) {
        int allowed = 0;
        for (int i = 0; i < questions; i++) {
            allowed += limit.allows(account) ? 1 : 0;
        }
        return allowed;
    }
}
