package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** How a local account publishes its keys (XEP-0384 0.4, "Announcing support"), and how a stranger checks them. */
final class SelfTestKeys {

    private static final String DATA = "jabber:x:data";

    private SelfTestKeys() {
    }

    /** Publishes a device list with these devices. */
    static void publishList(Actor account, Family family, List<Devices> devices) throws StepException {
        List<Device> listed = new ArrayList<>();
        devices.forEach(one -> listed.add(new Device(one.any().own().address().deviceId(), Optional.empty(),
            Optional.empty())));
        publish(account, family.deviceListNode(), "current", new DeviceList(family, listed).toElement(),
            Map.of("pubsub#access_model", "open"));
    }

    /** Publishes a bundle, with {@code max_items=max}. */
    static void publishBundle(Actor account, OmemoDevice device, Element bundle) throws StepException {
        int id = device.own().address().deviceId();
        publish(account, device.own().profile().family().bundleNode(id), Integer.toString(id),
            bundle, Map.of("pubsub#access_model", "open", "pubsub#max_items", "max"));
    }

    private static void publish(Actor account, String node, String id, Element payload, Map<String, String> options)
            throws StepException {
        Element pubsub = Stanzas.element("pubsub", Stanzas.PUBSUB);
        pubsub.addElement("publish").addAttribute("node", node).addElement("item").addAttribute("id", id).add(payload);
        Element form = pubsub.addElement("publish-options").addElement("x", DATA).addAttribute("type", "submit");
        field(form, "FORM_TYPE", Stanzas.PUBSUB + "#publish-options").addAttribute("type", "hidden");
        options.forEach((name, value) -> field(form, name, value));
        account.grant("set", account.address().bare().toString(), pubsub);
    }

    private static Element field(Element form, String name, String value) {
        Element field = form.addElement("field").addAttribute("var", name);
        field.addElement("value").setText(value);
        return field;
    }

    /** Has somebody who is no contact read what an account has published, and compares it. */
    static void check(Actor stranger, Actor account, Family family) throws StepException {
        OmemoDevice device = account.devices().byFamily().get(family);
        int id = device.own().address().deviceId();
        Element list = read(stranger, account, family.deviceListNode());
        if (list == null || list.elements().stream()
                .noneMatch(one -> Integer.toString(id).equals(one.attributeValue("id")))) {
            throw stranger.failed("does not find the device on the account's list (" + family.label() + ")");
        }
        Element bundle = read(stranger, account, family.bundleNode(id));
        if (bundle == null || !bundle.getStringValue().equals(account.bundle(family).getStringValue())) {
            throw stranger.failed("does not find the bundle that was published (" + family.label() + ")");
        }
    }

    private static Element read(Actor stranger, Actor account, String node) throws StepException {
        Element pubsub = Stanzas.element("pubsub", Stanzas.PUBSUB);
        pubsub.addElement("items").addAttribute("node", node);
        Element answer = stranger.grant("get", account.address().bare().toString(), pubsub);
        return Stanzas.child(answer, "pubsub", Stanzas.PUBSUB).map(found -> found.element("items"))
            .map(items -> items.element("item")).map(item -> item.elements().isEmpty() ? null : item.elements().get(0))
            .orElse(null);
    }
}
