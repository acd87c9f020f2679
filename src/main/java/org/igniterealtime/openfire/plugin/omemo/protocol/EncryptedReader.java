package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.igniterealtime.openfire.plugin.omemo.protocol.StrictReader.IdRule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Attribute;
import org.dom4j.Element;

/** One reading of an {@code <encrypted>}. Time and memory grow with the element up to the limits and end there. */
final class EncryptedReader {

    private final Family family;
    private final StrictReader reader;
    private final EncryptedLimits limits;
    private int keyCount;
    private Element iv;

    private EncryptedReader(Family family, StrictReader reader, EncryptedLimits limits) {
        this.family = family;
        this.reader = reader;
        this.limits = limits;
    }

    static Encrypted read(Element root, EncryptedLimits limits) throws MalformedElementException {
        Family family = StrictReader.familyOf(root, Encrypted.ELEMENT);
        StrictReader reader = StrictReader.of(root, family, Encrypted.ELEMENT);
        return new EncryptedReader(family, reader, limits).encrypted(root);
    }

    private Encrypted encrypted(Element root) throws MalformedElementException {
        reader.requireNoAttributes(root);
        Element header = null;
        Element payload = null;
        for (int i = 0; i < root.nodeCount(); i++) {
            Element child = reader.child(root, i);
            if (child == null) {
                continue;
            }
            switch (child.getName()) {
                case Encrypted.HEADER -> header = reader.only(header, child);
                case Encrypted.PAYLOAD -> payload = reader.only(payload, child);
                default -> throw reader.unexpected(child);
            }
        }
        if (header == null) {
            throw reader.flaw(Flaw.MISSING_HEADER, root);
        }
        int sid = reader.id(header, Encrypted.SID, reader.onlyAttribute(header, Encrypted.SID), IdRule.SID);
        List<Recipient> recipients = family == Family.LEGACY ? legacyHeader(header) : header(header);
        Optional<Base64Text> data = payload == null ? Optional.empty() : Optional.of(payload(payload));
        if (family == Family.LEGACY && payload != null && iv == null) {
            throw reader.flaw(Flaw.MISSING_IV, header);
        }
        Optional<Base64Text> vector = iv == null ? Optional.empty() : Optional.of(iv());
        return new Encrypted(family, sid, recipients, vector, data);
    }

    private List<Recipient> header(Element header) throws MalformedElementException {
        int nodes = header.nodeCount();
        int room = Math.min(nodes, limits.maxKeys());
        List<Recipient> recipients = new ArrayList<>(room);
        Set<BareJid> jids = new HashSet<>(room * 2);
        for (int i = 0; i < nodes; i++) {
            Element child = reader.child(header, i);
            if (child == null) {
                continue;
            }
            if (!child.getName().equals(Encrypted.KEYS)) {
                throw reader.unexpected(child);
            }
            BareJid jid = jid(child);
            if (!jids.add(jid)) {
                throw reader.flaw(Flaw.DUPLICATE_JID, child, "@" + Encrypted.JID);
            }
            recipients.add(new Recipient(Optional.of(jid), keys(child)));
        }
        if (recipients.isEmpty()) {
            throw reader.flaw(Flaw.NO_KEYS, header);
        }
        return recipients;
    }

    private BareJid jid(Element keys) throws MalformedElementException {
        String text = reader.onlyAttribute(keys, Encrypted.JID);
        if (text == null) {
            throw reader.flaw(Flaw.MISSING_JID, keys, "@" + Encrypted.JID);
        }
        Optional<BareJid> jid = BareJid.of(text);
        if (jid.isEmpty()) {
            throw reader.flaw(Flaw.INVALID_JID, keys, "@" + Encrypted.JID);
        }
        return jid.get();
    }

    private List<Recipient> legacyHeader(Element header) throws MalformedElementException {
        return List.of(new Recipient(Optional.empty(), keys(header)));
    }

    /** The keys of a recipient; a legacy header has its iv among them. */
    private List<EncryptedKey> keys(Element parent) throws MalformedElementException {
        int nodes = parent.nodeCount();
        int room = Math.min(nodes, limits.maxKeys());
        List<EncryptedKey> keys = new ArrayList<>(room);
        IdSet rids = new IdSet(room);
        for (int i = 0; i < nodes; i++) {
            Element child = reader.child(parent, i);
            if (child == null) {
                continue;
            }
            if (child.getName().equals(Encrypted.KEY)) {
                EncryptedKey key = key(child);
                if (!rids.add(key.rid())) {
                    throw reader.flaw(Flaw.DUPLICATE_RID, child, "@" + Encrypted.RID);
                }
                keys.add(key);
            } else if (family == Family.LEGACY && child.getName().equals(Encrypted.IV)) {
                iv = reader.only(iv, child);
            } else {
                throw reader.unexpected(child);
            }
        }
        if (keys.isEmpty()) {
            throw reader.flaw(Flaw.NO_KEYS, parent);
        }
        return keys;
    }

    private EncryptedKey key(Element key) throws MalformedElementException {
        if (++keyCount > limits.maxKeys()) {
            throw reader.flaw(Flaw.TOO_MANY_KEYS, key, "", keyCount, limits.maxKeys());
        }
        String rid = null;
        String kex = null;
        String prekey = null;
        int attributes = key.attributeCount();
        for (int i = 0; i < attributes; i++) {
            Attribute attribute = reader.attribute(key, i);
            switch (attribute.getName()) {
                case Encrypted.RID -> rid = attribute.getValue();
                case Encrypted.KEX -> kex = attribute.getValue();
                case Encrypted.PREKEY -> prekey = attribute.getValue();
                default -> throw reader.unexpectedAttribute(key, i);
            }
        }
        int id = reader.id(key, Encrypted.RID, rid, IdRule.RID);
        Base64Text data = reader.base64(key, EncryptedKey.MIN_BYTES, EncryptedKey.MAX_BYTES);
        return new EncryptedKey(id, keyExchange(key, kex, prekey), data);
    }

    /** The families write different names, but 0.4's own example of a group writes the legacy one: both are read. */
    private boolean keyExchange(Element key, String kex, String prekey) throws MalformedElementException {
        boolean marked = flag(key, Encrypted.KEX, kex);
        boolean markedAsLegacy = flag(key, Encrypted.PREKEY, prekey);
        if (kex != null && prekey != null && marked != markedAsLegacy) {
            throw reader.flaw(Flaw.CONTRADICTORY_KEY_EXCHANGE, key);
        }
        return marked || markedAsLegacy;
    }

    /** An xs:boolean that is false when absent. */
    private boolean flag(Element key, String name, String value) throws MalformedElementException {
        if (value == null) {
            return false;
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw reader.flaw(Flaw.INVALID_KEY_EXCHANGE, key, "@" + name);
        };
    }

    private Base64Text iv() throws MalformedElementException {
        reader.requireNoAttributes(iv);
        Base64Text data = reader.base64(iv, Encrypted.IV_BYTES, Encrypted.OLD_IV_BYTES);
        if (!Encrypted.isIvLength(data.byteLength())) {
            throw reader.flaw(Flaw.IMPLAUSIBLE_LENGTH, iv, "", data.byteLength(), Encrypted.OLD_IV_BYTES);
        }
        return data;
    }

    private Base64Text payload(Element payload) throws MalformedElementException {
        reader.requireNoAttributes(payload);
        String text = reader.text(payload);
        int bytes = Base64Text.byteLength(text);
        if (bytes > limits.maxPayloadBytes()) {
            throw reader.flaw(Flaw.PAYLOAD_TOO_LONG, payload, "", bytes, limits.maxPayloadBytes());
        }
        Base64Text data = reader.base64(payload, "", text, 0, limits.maxPayloadBytes());
        Optional<Flaw> flaw = Encrypted.payloadFlaw(family, bytes);
        if (flaw.isPresent()) {
            int least = family == Family.LEGACY ? 1 : Encrypted.BLOCK_BYTES;
            throw reader.flaw(flaw.get(), payload, "", bytes, least);
        }
        return data;
    }
}
