package org.igniterealtime.openfire.plugin.omemo.core.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;

/**
 * What is known of another device besides its sessions. Immutable.
 *
 * @param listed whether its account's device list had it last
 * @param identity the identity key that it was seen with last
 * @param signedPreKey that of the last valid bundle: another one shows that the device has published
 * @param lastSeen when it wrote or published last, as far as this device saw
 * @param withoutBundleSince since when it has been listed without a bundle, as far as this device saw
 * @param unheard messages encrypted for it since anything came from it
 * @param recoveries when sessions with it were mended, the oldest first
 */
public record DeviceRecord(
    boolean listed,
    Optional<Fingerprint> identity,
    Optional<SignedPreKey> signedPreKey,
    Optional<Instant> lastSeen,
    Optional<Instant> withoutBundleSince,
    int unheard,
    List<Instant> recoveries) {

    /** How many recoveries are remembered. */
    public static final int MAX_RECOVERIES = 16;

    /** A device of which nothing is known. */
    public static final DeviceRecord UNKNOWN = new DeviceRecord(
        false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, List.of());

    /** @throws IllegalArgumentException if the count is negative or there are too many recoveries */
    public DeviceRecord {
        recoveries = List.copyOf(recoveries);
        if (unheard < 0 || recoveries.size() > MAX_RECOVERIES) {
            throw new IllegalArgumentException("not a record of a device");
        }
    }

    /** On the device list, or no longer: then it needs no bundle either. */
    public DeviceRecord listed(boolean nowListed) {
        return new DeviceRecord(nowListed, identity, signedPreKey, lastSeen,
            withoutBundleSince.filter(since -> nowListed), unheard, recoveries);
    }

    /** Seen with this identity key. */
    public DeviceRecord withIdentity(Fingerprint fingerprint) {
        return new DeviceRecord(
            listed, Optional.of(fingerprint), signedPreKey, lastSeen, withoutBundleSince, unheard, recoveries);
    }

    /** Its valid bundle was read. The first one says nothing about when it was published. */
    public DeviceRecord withBundle(SignedPreKey key, Instant now) {
        boolean published = signedPreKey.isPresent() && !signedPreKey.get().equals(key);
        return new DeviceRecord(listed, identity, Optional.of(key),
            published ? Optional.of(now) : lastSeen, Optional.empty(), unheard, recoveries);
    }

    /** There was no valid bundle of it. */
    public DeviceRecord withoutBundle(Instant now) {
        return new DeviceRecord(listed, identity, signedPreKey, lastSeen,
            withoutBundleSince.or(() -> Optional.of(now)), unheard, recoveries);
    }

    /** A message from it was read. */
    public DeviceRecord heard(Instant now) {
        return new DeviceRecord(
            listed, identity, signedPreKey, Optional.of(now), withoutBundleSince, 0, recoveries);
    }

    /** A message was encrypted for it. */
    public DeviceRecord written() {
        return new DeviceRecord(listed, identity, signedPreKey, lastSeen, withoutBundleSince,
            Math.max(unheard, unheard + 1), recoveries);
    }

    /** A session with it was mended. */
    public DeviceRecord recovered(Instant now) {
        List<Instant> all = new ArrayList<>(recoveries);
        all.add(now);
        return new DeviceRecord(listed, identity, signedPreKey, lastSeen, withoutBundleSince, unheard,
            all.subList(Math.max(0, all.size() - MAX_RECOVERIES), all.size()));
    }
}
