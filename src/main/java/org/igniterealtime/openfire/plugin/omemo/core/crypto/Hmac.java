package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 under one key, by the JDK. To be closed, and not used afterwards. */
final class Hmac implements AutoCloseable {

    static final int SIZE = 32;
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * Making one costs about as much as using it; whoever finds this taken makes another. It remembers its last key until
     * the next one.
     */
    private static final AtomicReference<Mac> SPARE = new AtomicReference<>();

    private final Mac mac;

    private Hmac(Mac mac) {
        this.mac = mac;
    }

    static Hmac withKey(byte[] key) {
        return withKey(key, 0, key.length);
    }

    static Hmac withKey(byte[] bytes, int from, int length) {
        Mac spare = SPARE.getAndSet(null);
        try {
            Mac mac = spare == null ? Mac.getInstance(ALGORITHM) : spare;
            mac.init(new SecretKeySpec(bytes, from, length, ALGORITHM));
            return new Hmac(mac);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("every JDK has HMAC-SHA-256", e);
        }
    }

    byte[] of(byte... message) {
        return mac.doFinal(message);
    }

    byte[] of(byte[]... parts) {
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    void update(byte[] bytes, int from, int length) {
        mac.update(bytes, from, length);
    }

    void update(byte value) {
        mac.update(value);
    }

    /** Writes the 32 bytes for what was given by {@code update}, and begins anew. */
    void finish(byte[] target, int at) {
        try {
            mac.doFinal(target, at);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("no room for 32 bytes", e);
        }
    }

    @Override
    public void close() {
        SPARE.set(mac);
    }
}
