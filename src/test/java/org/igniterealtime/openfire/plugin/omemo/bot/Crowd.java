package org.igniterealtime.openfire.plugin.omemo.bot;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.session.OmemoDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OmemoNode;
import org.jivesoftware.openfire.component.InternalComponentManager;
import org.xmpp.component.Component;
import org.xmpp.component.ComponentManager;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/** Many accounts at a domain of the server, which answer for what they have published in 0.8+, or have not. */
final class Crowd implements Component, AutoCloseable {

    /** What an account has published. */
    enum Kind { IN_ORDER, NOTHING, NO_ITEM, NO_BUNDLE, BROKEN_SIGNATURE, NO_BUNDLE_ELEMENT, BROKEN_LIST, TOO_MANY }

    private static final DeviceSettings SETTINGS = new DeviceSettings(DeviceSettings.MIN_PRE_KEYS,
        DeviceSettings.DEFAULT.signedPreKeyPeriod(), true, DeviceSettings.DEFAULT.recoveryLimit());

    private record Account(Kind kind, OmemoDevice device) {
    }

    private final SecureRandom random = new SecureRandom();
    private final String name;
    private final String domain;
    private final Map<BareJid, Account> accounts = new HashMap<>();

    Crowd(String name, String serverDomain) throws Exception {
        this.name = name;
        domain = name + "." + serverDomain;
        InternalComponentManager.getInstance().addComponent(name, this);
    }

    BareJid add(String local, Kind kind) {
        BareJid jid = BareJid.of(local + "@" + domain).orElseThrow();
        synchronized (accounts) {
            accounts.put(jid, new Account(kind, OmemoDevice.create(
                OwnDevice.generate(Profile.OMEMO_2, jid, Set.of(), random), new InMemoryStore(), random,
                InstantSource.system(), SETTINGS)));
        }
        return jid;
    }

    OmemoDevice device(BareJid account) {
        synchronized (accounts) {
            return accounts.get(account).device;
        }
    }

    @Override
    public void processPacket(Packet packet) {
        Element request = packet.getElement();
        if (packet instanceof IQ iq && iq.isRequest()) {
            Account account;
            synchronized (accounts) {
                account = BareJid.of(iq.getTo().toBareJID()).map(accounts::get).orElse(null);
            }
            Element answer = account == null ? Stanzas.error(request, "cancel", "item-not-found")
                : answer(request, account);
            InternalComponentManager.getInstance().sendPacket(this, new IQ(answer));
        }
    }

    private Element answer(Element request, Account account) {
        String node = Stanzas.child(request, "pubsub", Stanzas.PUBSUB).map(pubsub -> pubsub.element("items"))
            .map(items -> Stanzas.attribute(items, "node")).orElse("");
        Optional<OmemoNode> wanted = Family.ofNode(node).filter(one -> one.family() == Family.OMEMO_2);
        if (wanted.isEmpty() || account.kind == Kind.NOTHING) {
            return Stanzas.error(request, "cancel", "item-not-found");
        }
        boolean list = wanted.get().content() == OmemoNode.Content.DEVICE_LIST;
        Element answer = Stanzas.result(request);
        Element items = answer.addElement("pubsub", Stanzas.PUBSUB).addElement("items").addAttribute("node", node);
        int id = account.device.own().address().deviceId();
        if (account.kind == Kind.NO_ITEM || !list && account.kind == Kind.NO_BUNDLE) {
            return answer;
        }
        items.addElement("item").addAttribute("id", list ? "current" : Integer.toString(id))
            .add(list ? list(account) : bundle(account));
        return answer;
    }

    private Element list(Account account) {
        if (account.kind == Kind.BROKEN_LIST) {
            return Stanzas.element("devices", Family.OMEMO_2.namespace()).addElement("device").addAttribute("id", "-1")
                .getParent();
        }
        if (account.kind == Kind.TOO_MANY) {
            List<Device> devices = new ArrayList<>();
            for (int i = 1; i <= 900; i++) {
                devices.add(new Device(1 + random.nextInt(Integer.MAX_VALUE - 1), Optional.empty(), Optional.empty()));
            }
            return new DeviceList(Family.OMEMO_2, devices).toElement();
        }
        return account.device.announce(Optional.empty()).toElement();
    }

    private static Element bundle(Account account) {
        Element bundle = account.device.bundle().toElement();
        switch (account.kind) {
            case BROKEN_SIGNATURE -> {
                String signature = bundle.elementText("spks");
                bundle.element("spks").setText((signature.startsWith("AAAA") ? "BBBB" : "AAAA") + signature.substring(4));
            }
            case NO_BUNDLE_ELEMENT -> bundle.remove(bundle.element("ik"));
            default -> {
                // As it is.
            }
        }
        return bundle;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return name;
    }

    @Override
    public void initialize(JID jid, ComponentManager manager) {
        // There is nothing to prepare.
    }

    @Override
    public void start() {
        // Questions may come at any time.
    }

    @Override
    public void shutdown() {
        // Whoever closes it sees to the rest.
    }

    @Override
    public void close() {
        InternalComponentManager.getInstance().removeComponent(name, this);
    }
}
