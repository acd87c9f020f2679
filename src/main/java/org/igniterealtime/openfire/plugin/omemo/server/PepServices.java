package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.auth.UnauthorizedException;
import org.jivesoftware.openfire.pep.PEPServiceManager;
import org.jivesoftware.openfire.pubsub.LeafNode;
import org.jivesoftware.openfire.pubsub.Node;
import org.jivesoftware.openfire.pubsub.NotAcceptableException;
import org.jivesoftware.openfire.pubsub.PubSubService;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** The personal eventing services of the Openfire that runs and their nodes, as objects: how they are found and made. */
final class PepServices {

    private final XMPPServer server;
    private final boolean findsByJid = OpenfireSymbol.PEP_SERVICE.exists();
    private final boolean createsNodes = OpenfireSymbol.CREATE_NODE.exists();

    PepServices(XMPPServer server) {
        this.server = server;
    }

    /** Whether Openfire has the service of an account in memory, or remembers that there is none. */
    boolean remembers(JID owner) {
        return manager().hasCachedService(owner);
    }

    /** The service of an account, if there is one; it may have to be loaded. */
    Optional<PubSubService> find(JID owner) {
        return Optional.ofNullable(findsByJid
            ? (PubSubService) call(OpenfireSymbol.PEP_SERVICE, manager(), owner, false)
            : (PubSubService) call(OpenfireSymbol.PEP_SERVICE_BY_TEXT, manager(), owner.toBareJID()));
    }

    /** An account's node of this name, if there is one. */
    Optional<LeafNode> find(JID owner, String node) {
        return find(owner).map(service -> service.getNode(node)).filter(LeafNode.class::isInstance)
            .map(LeafNode.class::cast);
    }

    /** All OMEMO nodes of a service. */
    static List<LeafNode> omemoNodes(PubSubService service) {
        List<LeafNode> found = new ArrayList<>();
        for (Node node : service.getNodes()) {
            if (node instanceof LeafNode leaf && Family.ofNode(leaf.getNodeID()).isPresent()) {
                found.add(leaf);
            }
        }
        return found;
    }

    /**
     * Creates a node, and its service when there is none yet.
     *
     * @param fields what it is to be set to, apart from the defaults
     * @throws IllegalStateException when it cannot be created
     */
    LeafNode create(JID owner, String name, Map<String, String> fields) {
        PubSubService service = find(owner).orElseGet(() -> create(owner));
        if (createsNodes) {
            call(OpenfireSymbol.CREATE_NODE, null, service, owner, null, name, form(fields));
        } else {
            LeafNode node = (LeafNode) call(OpenfireSymbol.NEW_LEAF_NODE, null, service,
                service.getRootCollectionNode(), name, owner);
            node.addOwner(owner);
            configure(node, fields);
        }
        return find(owner, name)
            .orElseThrow(() -> new IllegalStateException("Openfire did not create " + name + " of " + owner));
    }

    private PubSubService create(JID owner) {
        if (findsByJid) {
            call(OpenfireSymbol.PEP_SERVICE, manager(), owner, true);
        } else {
            touch(owner);
        }
        return find(owner)
            .orElseThrow(() -> new IllegalStateException("Openfire has no personal eventing service for " + owner));
    }

    /**
     * Up to 4.5 the service is created, and the account's contacts are subscribed to it, when its owner asks for a change.
     * This one asks for nothing that Openfire knows, so it is not answered.
     */
    private void touch(JID owner) {
        IQ request = new IQ(IQ.Type.set);
        request.setFrom(owner);
        request.setChildElement("touch", "urn:xmpp:omemo:openfire:pep");
        try {
            server.getIQPEPHandler().handleIQ(request);
        } catch (UnauthorizedException e) {
            throw new IllegalStateException("Openfire does not let " + owner + " have a service", e);
        }
    }

    /**
     * Changes a node's configuration.
     *
     * @throws IllegalStateException when Openfire does not accept it
     */
    static void configure(LeafNode node, Map<String, String> fields) {
        try {
            node.configure(form(fields));
        } catch (NotAcceptableException | RuntimeException e) {
            throw new IllegalStateException("Openfire does not accept " + fields, e);
        }
    }

    private static DataForm form(Map<String, String> fields) {
        DataForm form = new DataForm(DataForm.Type.submit);
        fields.forEach((name, value) -> {
            FormField field = form.addField();
            field.setVariable(name);
            field.addValue(value);
        });
        return form;
    }

    /** Deletes a node with all that is in it. */
    static void delete(LeafNode node) {
        call(OpenfireSymbol.NODE_DELETE, node);
    }

    private PEPServiceManager manager() {
        return server.getIQPEPHandler().getServiceManager();
    }

    private static Object call(OpenfireSymbol symbol, Object instance, Object... arguments) {
        try {
            return symbol.invoke(instance, arguments);
        } catch (Exception e) {
            throw new IllegalStateException("Openfire failed at " + symbol, e);
        }
    }
}
