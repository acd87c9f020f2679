package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;

/** What looks like OMEMO, and is none. */
final class Garbage {

    private Garbage() {
    }

    /** An encrypted message of a device that nobody knows, with random bytes as a key for a device. */
    static Element encrypted(BareJid to, int device, Random random) {
        byte[] bytes = new byte[112];
        random.nextBytes(bytes);
        return new Encrypted(Family.OMEMO_2, 1 + random.nextInt(Integer.MAX_VALUE - 1),
            List.of(new Recipient(Optional.of(to),
                List.of(new EncryptedKey(device, random.nextBoolean(), Base64Text.encode(bytes))))),
            Optional.empty(), Optional.of(Base64Text.encode(bytes))).toElement();
    }
}
