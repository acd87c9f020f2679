package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;

/**
 * What a bot answers for itself, since no server does so for its address: what it is (XEP-0030), what it has published
 * (XEP-0060, 6.5), whether it is there (XEP-0199), and its version (XEP-0092). Anything else is refused. Used on the bot's
 * lane only.
 */
final class OwnNodes {

    private static final String CURRENT = "current";

    private final Devices devices;
    private final String title;
    private final String version;

    /**
     * @param title   what it is, for people
     * @param version of the plugin
     */
    OwnNodes(Devices devices, String title, String version) {
        this.devices = devices;
        this.title = title;
        this.version = version;
    }

    /** The answer to a request of type get or set. */
    Element answer(Element request) {
        List<Element> children = request.elements();
        if (children.size() != 1) {
            return Stanzas.error(request, "modify", "bad-request");
        }
        Element child = children.get(0);
        boolean get = Stanzas.attribute(request, "type").equals("get");
        return switch (child.getNamespaceURI()) {
            case Stanzas.PUBSUB -> get ? items(request, child) : Stanzas.error(request, "auth", "forbidden");
            case Stanzas.DISCO_INFO -> get ? info(request, child) : Stanzas.error(request, "cancel", "not-allowed");
            case Stanzas.DISCO_ITEMS -> get ? nodes(request, child) : Stanzas.error(request, "cancel", "not-allowed");
            case Stanzas.PING -> Stanzas.result(request);
            case Stanzas.VERSION -> version(request);
            default -> Stanzas.error(request, "cancel", "service-unavailable");
        };
    }

    private Element version(Element request) {
        Element reply = Stanzas.result(request);
        Element query = reply.addElement("query", Stanzas.VERSION);
        query.addElement("name").setText(title);
        query.addElement("version").setText(version);
        return reply;
    }

    private Element info(Element request, Element query) {
        Optional<OmemoNode> node = Family.ofNode(Stanzas.attribute(query, "node"));
        Element reply = Stanzas.result(request);
        Element info = reply.addElement("query", Stanzas.DISCO_INFO);
        if (query.attributeValue("node") == null) {
            identity(info, "client", "bot", title);
            identity(info, "pubsub", "pep", title);
            for (String feature : List.of(Stanzas.DISCO_INFO, Stanzas.DISCO_ITEMS, Stanzas.PING, Stanzas.VERSION,
                    Stanzas.PUBSUB + "#retrieve-items", Stanzas.MUC)) {
                info.addElement("feature").addAttribute("var", feature);
            }
            return reply;
        }
        info.addAttribute("node", query.attributeValue("node"));
        if (node.isEmpty() || !devices.byFamily().containsKey(node.get().family())) {
            return Stanzas.error(request, "cancel", "item-not-found");
        }
        identity(info, "pubsub", "leaf", title);
        info.addElement("feature").addAttribute("var", Stanzas.PUBSUB);
        return reply;
    }

    private static void identity(Element info, String category, String type, String name) {
        info.addElement("identity").addAttribute("category", category).addAttribute("type", type)
            .addAttribute("name", name);
    }

    private Element nodes(Element request, Element query) {
        Element reply = Stanzas.result(request);
        Element items = reply.addElement("query", Stanzas.DISCO_ITEMS);
        if (query.attributeValue("node") == null) {
            String account = devices.any().own().address().jid().toString();
            devices.byFamily().keySet().forEach(family -> {
                node(items, account, family.deviceListNode());
                node(items, account, family.bundleNode(devices.any().own().address().deviceId()));
            });
        }
        return reply;
    }

    private static void node(Element items, String account, String node) {
        items.addElement("item").addAttribute("jid", account).addAttribute("node", node);
    }

    private Element items(Element request, Element pubsub) {
        Optional<Element> items = Stanzas.child(pubsub, "items", Stanzas.PUBSUB);
        if (items.isEmpty()) {
            return Stanzas.error(request, "cancel", "feature-not-implemented");
        }
        String name = Stanzas.attribute(items.get(), "node");
        Optional<OmemoNode> node = Family.ofNode(name);
        Optional<OmemoDevice> device = node.map(one -> devices.byFamily().get(one.family()));
        if (device.isEmpty()) {
            return Stanzas.error(request, "cancel", "item-not-found");
        }
        boolean list = node.get().content() == OmemoNode.Content.DEVICE_LIST;
        String id = list ? CURRENT : Integer.toString(device.get().own().address().deviceId());
        Element reply = Stanzas.result(request);
        Element found = reply.addElement("pubsub", Stanzas.PUBSUB).addElement("items").addAttribute("node", name);
        List<Element> wanted = items.get().elements("item");
        if (wanted.isEmpty() || wanted.stream().anyMatch(item -> id.equals(item.attributeValue("id")))) {
            found.addElement("item").addAttribute("id", id).add(list
                ? device.get().announce(Optional.empty()).toElement() : device.get().bundle().toElement());
        }
        return reply;
    }
}
