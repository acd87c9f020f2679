package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.ConfigurationForm;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyRequest;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.jivesoftware.openfire.IQHandlerInfo;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.UnauthorizedException;
import org.jivesoftware.openfire.handler.IQHandler;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError.Condition;

/**
 * Stands in front of Openfire's personal eventing (PEP, XEP-0163) for one of its two namespaces. What concerns OMEMO's
 * nodes is answered and carried out here; of everything else no more than {@code max} as a number of items, which no
 * Openfire can read, is put in other words.
 */
final class PubSubHandler extends IQHandler {

    static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    static final String OWNER = "http://jabber.org/protocol/pubsub#owner";

    private static final Logger LOG = LoggerFactory.getLogger(PubSubHandler.class);
    /** In the order in which Openfire looks for them. */
    private static final List<String> ACTIONS = List.of("publish", "subscribe", "options", "create", "unsubscribe",
        "subscriptions", "affiliations", "items", "retract");
    private static final List<String> OWNERS_ACTIONS = List.of("configure", "default", "delete", "subscriptions",
        "affiliations", "purge");

    /** What changes keys: carried out here. */
    private static final Set<String> CHANGES = Set.of("publish", "create", "retract", "owner's purge", "owner's delete");
    /** What changes who may read them: Openfire's, while nobody else reads or writes. */
    private static final Set<String> CHANGES_OF_ACCESS = Set.of("owner's configure", "owner's affiliations");
    private static final List<String> FORM_PARENTS = List.of("publish-options", "configure");

    private final IQHandlerInfo info;
    private final XMPPServer server;
    private final KeyReader reader;
    private final KeyWriter writer;
    private final KeyCounters counters;

    PubSubHandler(String namespace, XMPPServer server, KeyReader reader, KeyWriter writer, KeyCounters counters) {
        super("OMEMO: " + namespace);
        info = new IQHandlerInfo("pubsub", namespace);
        this.server = server;
        this.reader = reader;
        this.writer = writer;
        this.counters = counters;
    }

    @Override
    public IQHandlerInfo getInfo() {
        return info;
    }

    /** Newer releases ask this of a handler; {@link #handleIQ} does it, without failing for remote senders. */
    public boolean performNoSuchUserCheck() {
        return false;
    }

    @Override
    public IQ handleIQ(IQ request) {
        if (request.getType() == IQ.Type.result || request.getType() == IQ.Type.error
            || !KeySettings.personalEventing()) {
            return openfire(server, request);
        }
        try {
            Optional<BareJid> owner = ownerOf(request);
            if (owner.isEmpty()) {
                return openfire(server, request);
            }
            if (isAnotherUser(request) && !reader.knowsKeysOf(owner.get()) && !exists(request.getTo())) {
                return PubSubReply.error(request, Condition.service_unavailable);
            }
            return handle(request, owner.get(), request.getChildElement());
        } catch (RuntimeException e) {
            counters.failures().increment();
            log("A request for personal eventing could not be looked at", e);
            return openfire(server, request);
        }
    }

    private IQ handle(IQ request, BareJid owner, Element pubsub) {
        Optional<ConfigurationForm> form = normalisedForm(pubsub);
        Element action = action(pubsub);
        String node = action == null ? null : action.attributeValue("node");
        Optional<OmemoNode> omemo = node == null ? Optional.empty() : Family.ofNode(node);
        if (omemo.isEmpty()) {
            return openfire(server, request);
        }
        String name = (pubsub.getNamespaceURI().equals(PUBSUB) ? "" : "owner's ") + action.getName();
        if (name.equals("items")) {
            return reader.answer(request, owner, node, KeyRequest.of(pubsub));
        }
        boolean changesKeys = CHANGES.contains(name);
        if (request.getType() == IQ.Type.get) {
            // Openfire would carry these out although they are only asked for.
            return changesKeys ? PubSubReply.error(request, Condition.bad_request) : openfire(server, request);
        }
        if (!changesKeys && !CHANGES_OF_ACCESS.contains(name)) {
            return openfire(server, request);
        }
        if (!request.getFrom().toBareJID().equals(owner.toString())) {
            return PubSubReply.error(request, Condition.forbidden);
        }
        if (changesKeys) {
            return change(request, owner, node, omemo.get(), action, form);
        }
        writer.pass(request, owner, node, () -> openfire(server, request));
        return null;
    }

    private IQ change(IQ request, BareJid owner, String name, OmemoNode node, Element action,
                      Optional<ConfigurationForm> form) {
        switch (action.getName()) {
            case "publish":
                return writer.publish(request, owner, name, node, action, form);
            case "create":
                return writer.create(request, owner, name, node, form);
            case "retract":
                return writer.retract(request, owner, name, action);
            case "purge":
                writer.purge(request, owner, name);
                return null;
            default:
                writer.delete(request, owner, name);
                return null;
        }
    }

    /** What Openfire would do, if several things are asked for at once. */
    private static Element action(Element pubsub) {
        for (String name : pubsub.getNamespaceURI().equals(OWNER) ? OWNERS_ACTIONS : ACTIONS) {
            Element found = pubsub.element(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Optional<ConfigurationForm> normalisedForm(Element pubsub) {
        Optional<ConfigurationForm> found = Optional.empty();
        for (Element parent : pubsub.elements()) {
            if (FORM_PARENTS.contains(parent.getName())) {
                for (Element child : parent.elements()) {
                    if (child.getNamespaceURI().equals("jabber:x:data")) {
                        ConfigurationForm form = new ConfigurationForm(child);
                        form.normalise(KeySettings.mostItems());
                        found = Optional.of(form);
                    }
                }
            }
        }
        return found;
    }

    /** Whose nodes are meant; empty when they are not those of an account of this server. */
    private Optional<BareJid> ownerOf(IQ request) {
        JID to = request.getTo();
        JID owner = to == null || to.getNode() == null ? request.getFrom() : to;
        return owner != null && owner.getNode() != null && server.isLocal(owner) ? BareJid.of(owner.toBareJID())
            : Optional.empty();
    }

    private static boolean isAnotherUser(IQ request) {
        return request.getTo() != null && request.getTo().getNode() != null
            && !(request.getFrom() != null && request.getTo().asBareJID().equals(request.getFrom().asBareJID()));
    }

    private static boolean exists(JID account) {
        try {
            UserManager.getInstance().getUser(account.getNode());
            return true;
        } catch (UserNotFoundException e) {
            return false;
        }
    }

    /** Without what the exception says, which may be what somebody has sent. */
    private static void log(String what, RuntimeException e) {
        LOG.error("{}: {} at {}", what, e.getClass().getName(),
            e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0]);
    }

    /** What Openfire's own handler does; both namespaces end there. If it fails, whoever asks is told. */
    static IQ openfire(XMPPServer server, IQ request) {
        try {
            return server.getIQPEPHandler().handleIQ(request);
        } catch (UnauthorizedException e) {
            return PubSubReply.error(request, Condition.not_authorized);
        } catch (RuntimeException e) {
            log("Openfire failed at a request for personal eventing", e);
            return PubSubReply.error(request, Condition.internal_server_error);
        }
    }
}
