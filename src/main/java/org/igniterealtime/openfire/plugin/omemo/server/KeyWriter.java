package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.ConfigurationForm;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceWatch;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.NodeConfiguration;
import org.igniterealtime.openfire.plugin.omemo.keys.Publication;
import org.igniterealtime.openfire.plugin.omemo.keys.PublicationFault;
import org.igniterealtime.openfire.plugin.omemo.keys.PublicationFinding;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedDevices;
import org.igniterealtime.openfire.plugin.omemo.keys.RateLimit;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ElementText;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.SessionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError.Condition;

/**
 * Publishes keys and changes the nodes that hold them. A publication is judged, the node is made right for it, and the
 * sender is answered when it is stored; Openfire by itself answers first and, from 4.4 on, stores later.
 */
final class KeyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(KeyWriter.class);
    private static final Set<String> ACCESS_MODELS = Set.of("open", "presence", "whitelist", "authorize");
    private static final int MOST_ITEMS_AT_ONCE = 100;

    private final KeyDirectory directory;
    private final PepNodes nodes;
    private final KeyCluster cluster;
    private final DeviceWatch watch = new DeviceWatch();
    /** So that nobody fills the log by changing a list over and over. */
    private final RateLimit<BareJid> warnings = new RateLimit<>(1, 1);
    private final KeyCounters counters;
    private final Consumer<IQ> replies;
    private final Stored stored;

    /** Whoever wants to know what was published, when it is stored. */
    interface Stored {
        void published(BareJid owner, OmemoNode node, List<Element> items);
    }

    /**
     * @param replies where answers go
     * @param stored  told of what was published
     */
    KeyWriter(KeyDirectory directory, PepNodes nodes, KeyCluster cluster, KeyCounters counters, Consumer<IQ> replies,
              Stored stored) {
        this.directory = directory;
        this.nodes = nodes;
        this.cluster = cluster;
        this.counters = counters;
        this.replies = replies;
        this.stored = stored;
    }

    /**
     * Stores what an account publishes in a node of its own. It is answered later, unless it is refused at once.
     *
     * @param publish the element {@code <publish/>}
     * @param options the publish options
     * @return the error with which it is refused, or null
     */
    IQ publish(IQ request, BareJid owner, String name, OmemoNode node, Element publish, Optional<ConfigurationForm> options) {
        List<Element> items = new ArrayList<>();
        for (Element child : publish.elements()) {
            if (child.getName().equals("item")) {
                items.add(child);
            }
        }
        if (items.isEmpty()) {
            return refuse(request, Condition.bad_request, "item-required", "There is no item to publish.");
        }
        if (items.size() > MOST_ITEMS_AT_ONCE) {
            return refuse(request, Condition.not_acceptable, "max-items-exceeded", "There are too many items at once.");
        }
        IQ refusal = judge(request, node, items);
        if (refusal != null) {
            return refusal;
        }
        Optional<NodeConfiguration> required = required(node, options);
        if (required.isEmpty()) {
            return refuse(request, Condition.not_acceptable, "unsupported-access-model", "Please use access model 'open'.");
        }
        change(request, owner, () -> {
            if (!items.stream().allMatch(item -> ElementText.standsAlone(item.elements().get(0).asXML()))) {
                // It could not be handed to those who ask: it would come back as an empty item.
                return refuse(request, Condition.bad_request, "invalid-payload",
                    "The published element holds what XMPP does not have, such as a comment.");
            }
            makeRight(owner, name, required.get(), options);
            noteDevices(request.getFrom(), owner, name, node, items);
            nodes.publish(request.getFrom(), owner, name, items);
            stored.published(owner, node, items);
            return PubSubReply.success(request);
        });
        return null;
    }

    /** Creates a node of the account's own; it is answered later, unless it is refused at once. */
    IQ create(IQ request, BareJid owner, String name, OmemoNode node, Optional<ConfigurationForm> form) {
        Optional<NodeConfiguration> required = required(node, form);
        if (required.isEmpty()) {
            return refuse(request, Condition.not_acceptable, "unsupported-access-model", "Please use access model 'open'.");
        }
        change(request, owner, () -> {
            if (nodes.configuration(owner, name).isPresent()) {
                return PubSubReply.error(request, Condition.conflict);
            }
            makeRight(owner, name, required.get(), form);
            return PubSubReply.success(request);
        });
        return null;
    }

    /** Removes items of a node of the account's own. */
    IQ retract(IQ request, BareJid owner, String name, Element retract) {
        List<String> ids = retract.elements().stream().filter(item -> item.getName().equals("item"))
            .map(item -> item.attributeValue("id")).filter(Objects::nonNull).distinct().toList();
        if (ids.isEmpty()) {
            return PubSubReply.error(request, Condition.bad_request, "item-required", "There is no item to retract.");
        }
        change(request, owner, () -> {
            Set<String> stored = nodes.read(owner).node(name).map(node -> node.items().keySet()).orElse(Set.of());
            if (!stored.containsAll(ids)) {
                return PubSubReply.error(request, Condition.item_not_found);
            }
            nodes.retract(owner, name, ids);
            return PubSubReply.success(request);
        });
        return null;
    }

    /** Removes all items of a node of the account's own. */
    void purge(IQ request, BareJid owner, String name) {
        changeExisting(request, owner, name, () -> nodes.purge(owner, name));
    }

    /** Removes a node of the account's own. */
    void delete(IQ request, BareJid owner, String name) {
        changeExisting(request, owner, name, () -> nodes.delete(owner, name));
    }

    private void changeExisting(IQ request, BareJid owner, String name, Runnable change) {
        change(request, owner, () -> {
            if (nodes.configuration(owner, name).isEmpty()) {
                return PubSubReply.error(request, Condition.item_not_found);
            }
            change.run();
            return PubSubReply.success(request);
        });
    }

    /** Lets Openfire carry out a request that may change who can read a node. */
    void pass(IQ request, BareJid owner, String name, Supplier<IQ> openfire) {
        change(request, owner, () -> nodes.change(owner, name, openfire));
    }

    private void change(IQ request, BareJid owner, Supplier<IQ> change) {
        CompletableFuture<IQ> done = directory.change(owner, () -> cluster.announced(owner, change));
        done.whenComplete((reply, failure) -> {
            if (failure != null) {
                replies.accept(failed(request, failure));
            } else if (reply != null) {
                replies.accept(reply);
            }
        });
    }

    private IQ failed(IQ request, Throwable failure) {
        counters.failures().increment();
        if (failure instanceof RejectedExecutionException) {
            return PubSubReply.error(request, Condition.resource_constraint, null, "Too many requests are waiting.");
        }
        LOG.warn("Keys could not be stored: {}", failure.toString());
        return PubSubReply.error(request, Condition.internal_server_error);
    }

    private IQ judge(IQ request, OmemoNode node, List<Element> items) {
        PublicationFinding first = null;
        for (Element item : items) {
            List<Element> payloads = item.elements();
            if (payloads.size() > 1) {
                return refuse(request, Condition.bad_request, "invalid-payload", "An item holds one element.");
            }
            List<PublicationFinding> findings =
                Publication.judge(node, item.attributeValue("id"), payloads.isEmpty() ? null : payloads.get(0));
            for (PublicationFinding finding : findings) {
                if (finding.fault() == PublicationFault.TOO_LARGE) {
                    return refuse(request, Condition.not_acceptable, "payload-too-big", finding.sentence());
                }
                if (finding.fault() == PublicationFault.NO_PAYLOAD) {
                    return refuse(request, Condition.bad_request, "payload-required", finding.sentence());
                }
            }
            first = first == null && !findings.isEmpty() ? findings.get(0) : first;
        }
        if (first == null) {
            return null;
        }
        if (KeySettings.refusesFaults()) {
            return refuse(request, Condition.bad_request, "invalid-payload", first.sentence());
        }
        counters.faulty().increment();
        return null;
    }

    private IQ refuse(IQ request, Condition condition, String pubsubCondition, String sentence) {
        counters.refused().increment();
        return PubSubReply.error(request, condition, pubsubCondition, sentence);
    }

    /** What the node must be like; empty when the owner asks for what it cannot be. */
    private static Optional<NodeConfiguration> required(OmemoNode node, Optional<ConfigurationForm> form) {
        NodeConfiguration usual = NodeConfiguration.required(node, KeySettings.mostItems());
        Optional<String> wanted = form.flatMap(fields -> fields.value(ConfigurationForm.ACCESS_MODEL));
        return wanted.isEmpty() ? Optional.of(usual)
            : wanted.filter(ACCESS_MODELS::contains).map(usual::withAccessModel);
    }

    private void makeRight(BareJid owner, String name, NodeConfiguration required, Optional<ConfigurationForm> form) {
        Optional<NodeConfiguration> now = nodes.configuration(owner, name);
        Map<String, String> fields = new LinkedHashMap<>(now.orElse(NodeConfiguration.ABSENT).differences(required));
        if (now.isPresent() && !fields.isEmpty()) {
            counters.repaired().increment();
        }
        form.ifPresent(asked -> fields.putAll(asked.otherBooleans()));
        if (now.isEmpty() || !fields.isEmpty()) {
            nodes.configure(owner, name, fields);
        }
    }

    private void noteDevices(JID publisher, BareJid owner, String name, OmemoNode node, List<Element> items) {
        String connection = publisher.toString();
        if (node.content() == OmemoNode.Content.DEVICE_LIST) {
            Set<Integer> before = PublishedDevices.of(nodes.read(owner), name);
            Set<Integer> overwritten = watch.replace(owner, before, PublishedDevices.of(items), connection,
                other -> SessionManager.getInstance().getSession(new JID(other)) != null);
            if (!overwritten.isEmpty()) {
                counters.overwritten().add(overwritten.size());
                if (warnings.allows(owner)) {
                    LOG.warn("{} has dropped from {} devices that are connected: {}. They may overwrite each other's lists.",
                        publisher, name, overwritten.stream().map(String::valueOf).collect(Collectors.joining(", ")));
                }
            }
        } else {
            PublishedDevices.ofBundle(node, items).ifPresent(device -> watch.announce(owner, device, connection));
        }
    }
}
