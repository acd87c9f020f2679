package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * An {@code <encrypted>} (XEP-0384, "Message structure description"; in 0.3, "Sending a message").
 *
 * <p>Without a payload it is an empty message (0.7 and later) or a key transport (legacy). It always has a key: the
 * text of 0.4 and later says "one or multiple" for recipients and for the keys of each, and so do all schemas. Header
 * and payload come in any order, as the schemas have it.
 *
 * @param family     whose form it has
 * @param sid        the sender's device id
 * @param recipients at least one, each with another JID; legacy: exactly one, without JID
 * @param iv         12 or 16 bytes, legacy only, and required there if there is a payload
 * @param payload    the ciphertext. Legacy: at least 1 byte, since GCM is a stream mode and its tag may travel with the
 *                   keys. Others: whole blocks of 16 bytes, since they use CBC
 */
public record Encrypted(Family family, int sid, List<Recipient> recipients, Optional<Base64Text> iv,
        Optional<Base64Text> payload) {

    /** The name of the element. */
    public static final String ELEMENT = "encrypted";

    static final String HEADER = "header";
    static final String SID = "sid";
    static final String KEYS = "keys";
    static final String JID = "jid";
    static final String KEY = "key";
    static final String RID = "rid";
    static final String KEX = "kex";
    static final String PREKEY = "prekey";
    static final String IV = "iv";
    static final String PAYLOAD = "payload";

    /** The two lengths of an initialisation vector in bytes: today's and that of older clients. */
    static final int IV_BYTES = 12;
    static final int OLD_IV_BYTES = 16;
    static final int BLOCK_BYTES = 16;

    /** @throws IllegalArgumentException if the parts break a rule that {@link #parse} would enforce */
    public Encrypted {
        Check.deviceId(sid);
        recipients = List.copyOf(recipients);
        Check.that(!recipients.isEmpty(), "a message has at least one recipient");
        boolean legacy = family == Family.LEGACY;
        Check.that(!legacy || recipients.size() == 1, "a legacy header does not group its keys");
        Check.that(legacy || iv.isEmpty(), "an initialisation vector is legacy");
        Check.that(!legacy || payload.isEmpty() || iv.isPresent(), "a legacy payload needs an initialisation vector");
        Check.that(iv.isEmpty() || isIvLength(iv.get().byteLength()), "an initialisation vector has 12 or 16 bytes");
        Optional<Flaw> flaw = payload.flatMap(data -> payloadFlaw(family, data.byteLength()));
        Check.that(flaw.isEmpty(), "a payload is not empty and, unless legacy, fills its blocks");
        Set<BareJid> jids = new HashSet<>(recipients.size() * 2);
        for (Recipient recipient : recipients) {
            Check.that(recipient.jid().isPresent() != legacy, "recipients have a JID unless the family is legacy");
            Check.that(legacy || jids.add(recipient.jid().get()), "recipients have different JIDs");
        }
    }

    /**
     * Reads the element, which is not changed.
     *
     * @throws MalformedElementException if it is anything else than a complete {@code <encrypted>} of a family
     */
    public static Encrypted parse(Element element, EncryptedLimits limits) throws MalformedElementException {
        return EncryptedReader.read(element, limits);
    }

    /** The number of keys over all recipients. */
    public int keyCount() {
        int count = 0;
        for (Recipient recipient : recipients) {
            count += recipient.keys().size();
        }
        return count;
    }

    /** A new element that says the same, as its family writes it. */
    public Element toElement() {
        Element element = DocumentHelper.createElement(QName.get(ELEMENT, family.namespace()));
        Element header = add(element, HEADER);
        header.addAttribute(SID, Integer.toString(sid));
        for (Recipient recipient : recipients) {
            Element keys = recipient.jid()
                    .map(jid -> add(header, KEYS).addAttribute(JID, jid.toString()))
                    .orElse(header);
            for (EncryptedKey key : recipient.keys()) {
                addKey(keys, key);
            }
        }
        iv.ifPresent(data -> add(header, IV).addText(data.text()));
        payload.ifPresent(data -> add(element, PAYLOAD).addText(data.text()));
        return element;
    }

    private void addKey(Element keys, EncryptedKey key) {
        Element element = add(keys, KEY);
        element.addAttribute(RID, Integer.toString(key.rid()));
        // Never "false": python3-twomemo takes any value for true.
        if (key.keyExchange()) {
            element.addAttribute(family == Family.LEGACY ? PREKEY : KEX, "true");
        }
        element.addText(key.data().text());
    }

    private Element add(Element parent, String name) {
        return parent.addElement(QName.get(name, family.namespace()));
    }

    static boolean isIvLength(int bytes) {
        return bytes == IV_BYTES || bytes == OLD_IV_BYTES;
    }

    /** What is wrong with a payload of so many bytes in this family. */
    static Optional<Flaw> payloadFlaw(Family family, int bytes) {
        if (bytes == 0) {
            return Optional.of(Flaw.EMPTY_PAYLOAD);
        }
        if (family == Family.LEGACY) {
            return Optional.empty();
        }
        if (bytes < BLOCK_BYTES) {
            return Optional.of(Flaw.SHORT_PAYLOAD);
        }
        return bytes % BLOCK_BYTES == 0 ? Optional.empty() : Optional.of(Flaw.UNALIGNED_PAYLOAD);
    }
}
