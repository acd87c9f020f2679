package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.Optional;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;

/** What is asked. */
enum Kind {

    PING("ping", Family.OMEMO_2),
    LIST("device list without item id", Family.OMEMO_2),
    LIST_BY_ID("device list by id", Family.OMEMO_2),
    BUNDLE_2("bundle by id, 0.8+", Family.OMEMO_2),
    BUNDLE_1("bundle by id, 0.4", Family.OMEMO_1);

    /** How many prekeys a bundle has. */
    static final int PREKEYS = 100;

    private final String label;
    private final Family family;

    Kind(String label, Family family) {
        this.label = label;
        this.family = family;
    }

    String label() {
        return label;
    }

    boolean isBundle() {
        return this == BUNDLE_1 || this == BUNDLE_2;
    }

    /** The child of the request. */
    String payload(int device) {
        if (this == PING) {
            return "<ping xmlns='urn:xmpp:ping'/>";
        }
        String node = isBundle() ? family.bundleNode(device) : family.deviceListNode();
        Optional<String> id = switch (this) {
            case LIST_BY_ID -> Optional.of(Account.LIST_ITEM);
            case BUNDLE_1, BUNDLE_2 -> Optional.of(Integer.toString(device));
            default -> Optional.empty();
        };
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node + "'>"
            + id.map(item -> "<item id='" + item + "'/>").orElse("") + "</items></pubsub>";
    }

    /**
     * Looks at a whole reply: the very item, with the devices of the account or a complete bundle.
     *
     * @throws IllegalStateException if it is anything else
     */
    void check(String reply, Account account, int device) {
        try {
            Element iq = DocumentHelper.parseText(reply).getRootElement();
            boolean right = this == PING ? iq.elements().isEmpty() : isRight(iq, account, device);
            if (!right) {
                throw new IllegalStateException("Not the right answer: " + reply);
            }
        } catch (DocumentException | MalformedElementException e) {
            throw new IllegalStateException("Not the right answer: " + reply, e);
        }
    }

    private boolean isRight(Element iq, Account account, int device) throws MalformedElementException {
        Element items = iq.element("pubsub").element("items");
        if (items.elements().size() != 1) {
            return false;
        }
        Element item = items.element("item");
        Element payload = item.elements().get(0);
        if (isBundle()) {
            Bundle bundle = Bundle.parse(payload);
            return item.attributeValue("id").equals(Integer.toString(device)) && bundle.family() == family
                && bundle.preKeys().size() == PREKEYS;
        }
        return item.attributeValue("id").equals(Account.LIST_ITEM)
            && DeviceList.parse(payload).equals(account.deviceList(family));
    }
}
