package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.time.Duration;

/**
 * What a user of the library may choose.
 *
 * @param preKeys how many one-time prekeys the bundle holds: about 100, never fewer than 25 (XEP-0384, section "Key
 *     Exchange")
 * @param signedPreKeyPeriod after which the signed prekey is replaced: a week to a month; for the same time the one before
 *     is kept
 * @param blindTrust whether the keys of an account are trusted until one of them has been verified (blind trust before
 *     verification); otherwise every key waits for a decision
 * @param recoveryLimit how often broken sessions are mended
 */
public record DeviceSettings(
    int preKeys, Duration signedPreKeyPeriod, boolean blindTrust, RecoveryLimit recoveryLimit) {

    /** The least number of one-time prekeys. */
    public static final int MIN_PRE_KEYS = 25;

    /** 100 prekeys, two weeks, no blind trust, three recoveries a day. */
    public static final DeviceSettings DEFAULT =
        new DeviceSettings(100, Duration.ofDays(14), false, RecoveryLimit.DEFAULT);

    /** @throws IllegalArgumentException if there are too few prekeys or the period is not positive */
    public DeviceSettings {
        if (preKeys < MIN_PRE_KEYS) {
            throw new IllegalArgumentException("a bundle has at least 25 prekeys");
        }
        if (signedPreKeyPeriod.isNegative() || signedPreKeyPeriod.isZero()) {
            throw new IllegalArgumentException("a period is positive");
        }
    }

    /** The same with blind trust before verification. */
    public DeviceSettings withBlindTrust() {
        return new DeviceSettings(preKeys, signedPreKeyPeriod, true, recoveryLimit);
    }
}
