package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** Fetches what accounts have published (XEP-0384, "Announcing support"; XEP-0060, 6.5). */
final class KeyFetch {

    private interface Reader<T> {
        T read(Element element) throws MalformedElementException;
    }

    private final Requests requests;
    private final String from;

    KeyFetch(Requests requests, String from) {
        this.requests = requests;
        this.from = from;
    }

    /** An account's device list. */
    void devices(BareJid account, Family family, Consumer<Fetched<DeviceList>> then) {
        fetch(account, family.deviceListNode(), Optional.empty(), family, DeviceList::parse, DeviceList::family, then);
    }

    /** A device's bundle. */
    void bundle(DeviceAddress device, Family family, Consumer<Fetched<Bundle>> then) {
        fetch(device.jid(), family.bundleNode(device.deviceId()), Optional.of(Integer.toString(device.deviceId())),
            family, Bundle::parse, Bundle::family, then);
    }

    private <T> void fetch(BareJid account, String node, Optional<String> itemId, Family family, Reader<T> reader,
            Function<T, Family> familyOf, Consumer<Fetched<T>> then) {
        Element pubsub = Stanzas.element("pubsub", Stanzas.PUBSUB);
        Element items = pubsub.addElement("items").addAttribute("node", node);
        itemId.ifPresent(id -> items.addElement("item").addAttribute("id", id));
        requests.ask("get", from, account.toString(), pubsub,
            answer -> then.accept(read(answer, itemId, family, reader, familyOf)));
    }

    private static <T> Fetched<T> read(Optional<Element> answer, Optional<String> itemId, Family family, Reader<T> reader,
            Function<T, Family> familyOf) {
        if (answer.isEmpty()) {
            return Fetched.unknown("no answer");
        }
        if (!Stanzas.attribute(answer.get(), "type").equals("result")) {
            String condition = Stanzas.condition(answer.get());
            return switch (condition) {
                case "item-not-found", "service-unavailable", "feature-not-implemented", "forbidden",
                    "not-authorized" -> Fetched.nothing();
                default -> Fetched.unknown(condition);
            };
        }
        Optional<Element> item = Stanzas.child(answer.get(), "pubsub", Stanzas.PUBSUB)
            .flatMap(pubsub -> Stanzas.child(pubsub, "items", Stanzas.PUBSUB))
            .flatMap(items -> items.elements().stream()
                .filter(one -> one.getName().equals("item")
                    && (itemId.isEmpty() || itemId.get().equals(one.attributeValue("id"))))
                .findFirst());
        if (item.isEmpty()) {
            return Fetched.nothing();
        }
        try {
            if (item.get().elements().size() != 1) {
                return Fetched.broken("not one element");
            }
            T value = reader.read(item.get().elements().get(0));
            return familyOf.apply(value) == family ? Fetched.found(value) : Fetched.broken("another family");
        } catch (MalformedElementException e) {
            return Fetched.broken(e.getMessage());
        }
    }
}
