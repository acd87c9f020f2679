package org.igniterealtime.openfire.plugin.omemo.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.store.BotStateException.Reason;

/**
 * Seals the records of one part of a bot: name and bytes are not to be read, and a record opens nowhere but in its place.
 * The record's key is the name's tag in hexadecimal, since names are of any length; the sealed text is Base64 of the
 * version in a byte and, sealed, the length of the name in 4 bytes, the name, and the bytes.
 */
final class RecordSeal {

    static final byte VERSION = 1;

    private final SealingKey key;
    private final SecureRandom random;
    private final String bot;
    private final String part;

    /** @param key that of the bot */
    RecordSeal(SealingKey key, SecureRandom random, String bot, String part) {
        this.key = key;
        this.random = random;
        this.bot = bot;
        this.part = part;
    }

    String recordKey(String name) {
        return HexFormat.of().formatHex(key.nameTag(name.getBytes(StandardCharsets.UTF_8)));
    }

    String seal(String name, byte[] bytes) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] content = ByteBuffer.allocate(Integer.BYTES + nameBytes.length + bytes.length)
            .putInt(nameBytes.length).put(nameBytes).put(bytes).array();
        byte[] sealed = key.seal(content, place(VERSION, recordKey(name)), random);
        return Base64.getEncoder().encodeToString(
            ByteBuffer.allocate(1 + sealed.length).put(VERSION).put(sealed).array());
    }

    /**
     * The name and the bytes.
     *
     * @throws BotStateException if it was not sealed so, in this place
     */
    Map.Entry<String, byte[]> open(String recordKey, String sealed) throws BotStateException {
        byte[] all;
        try {
            all = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException e) {
            throw new BotStateException(bot, Reason.TORN);
        }
        if (all.length == 0) {
            throw new BotStateException(bot, Reason.TORN);
        }
        if (Byte.toUnsignedInt(all[0]) > VERSION) {
            throw new BotStateException(bot, Reason.NEWER_VERSION);
        }
        ByteBuffer content = ByteBuffer.wrap(
            key.open(Arrays.copyOfRange(all, 1, all.length), place(all[0], recordKey))
                .orElseThrow(() -> new BotStateException(bot, Reason.TORN)));
        byte[] name = new byte[content.getInt()];
        content.get(name);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return Map.entry(new String(name, StandardCharsets.UTF_8), bytes);
    }

    /** What a record is bound to, a line each. None but the last can hold another. */
    private byte[] place(byte version, String recordKey) {
        return String.join("\n", Byte.toString(version), bot, part, recordKey).getBytes(StandardCharsets.UTF_8);
    }
}
