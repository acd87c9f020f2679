package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.OwnDevice;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Bundle;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.OptOut;

/**
 * A device that speaks OMEMO (XEP-0384): it encrypts and decrypts, and tells what is to be published, fetched and sent. It
 * does none of this itself, so that it works over any connection. Use it from one thread at a time.
 *
 * <p>To send: {@link #takeOver} the recipients' device lists, fetch the {@link #bundlesNeeded}, and {@link #encrypt}. What
 * a received message calls for is told with it, see {@link Need}.
 */
public final class OmemoDevice {

    private final DeviceContext context;
    private final CatchUp catchUp = new CatchUp();
    private final OwnKeys ownKeys;
    private final KnownDevices knownDevices;
    private final TrustBook trustBook;
    private final OptOuts optOuts;
    private final Encryption encryption;
    private final Decryption decryption;

    private OmemoDevice(DeviceContext context) {
        this.context = context;
        ownKeys = new OwnKeys(context);
        knownDevices = new KnownDevices(context);
        trustBook = new TrustBook(context);
        optOuts = new OptOuts(context);
        encryption = new Encryption(context, knownDevices, trustBook, optOuts, catchUp);
        decryption = new Decryption(context, ownKeys, trustBook, optOuts, catchUp);
    }

    /**
     * A new device, with keys of its own, in an empty store.
     *
     * @throws IllegalStateException if the store has a device
     */
    public static OmemoDevice create(
            OwnDevice own, OmemoStore store, SecureRandom random, InstantSource clock, DeviceSettings settings) {
        if (store.ownDevice().isPresent()) {
            throw new IllegalStateException("the store has a device");
        }
        OmemoDevice device = new OmemoDevice(new DeviceContext(own, store, random, clock, settings));
        return store.atomically(() -> {
            store.storeOwnDevice(own);
            device.ownKeys.generate();
            return device;
        });
    }

    /**
     * The device that a store holds.
     *
     * @throws IllegalStateException if it holds none
     */
    public static OmemoDevice open(
            OmemoStore store, SecureRandom random, InstantSource clock, DeviceSettings settings) {
        OwnDevice own = store.ownDevice().orElseThrow(() -> new IllegalStateException("the store has no device"));
        return new OmemoDevice(new DeviceContext(own, store, random, clock, settings));
    }

    /** Who this device is. */
    public OwnDevice own() {
        return context.own();
    }

    /** The bundle to publish, as the item whose id is the device's. */
    public Bundle bundle() {
        return ownKeys.bundle();
    }

    /**
     * The device list to publish, with this device on it.
     *
     * @param published the account's list as it is, if there is one
     */
    public DeviceList announce(Optional<DeviceList> published) {
        return knownDevices.announce(published);
    }

    /** Replaces keys whose time has come; if it says so, the bundle is to be published again. Call it once a day. */
    public boolean maintain() {
        return context.store().atomically(ownKeys::maintain) && !optOuts.isDeactivated();
    }

    /**
     * Takes over an account's device list as it was fetched or pushed.
     *
     * @return for the own account the list to publish if this device is missing there
     * @throws IllegalArgumentException if it is of another family than this device's
     */
    public Optional<DeviceList> takeOver(BareJid jid, DeviceList list) {
        requireOwnFamily(list.family());
        context.store().atomically(() -> {
            knownDevices.takeOver(jid, list);
            return list;
        });
        boolean announce = jid.equals(own().address().jid()) && !optOuts.isDeactivated()
            && !knownDevices.announces(list);
        return announce ? Optional.of(announce(Optional.of(list))) : Optional.empty();
    }

    /** Notes that a listed device has no bundle. */
    public void bundleMissing(DeviceAddress address) {
        context.store().atomically(() -> {
            context.store().storeDevice(address, context.device(address).withoutBundle(context.now()));
            return address;
        });
    }

    /** The states of an account's listed devices, this one apart. */
    public Map<DeviceAddress, DeviceState> states(BareJid jid, DeviceState.Bounds bounds) {
        return knownDevices.states(jid, bounds);
    }

    /** The devices without a session, whose bundles are needed to write in a conversation. Fetch them just before. */
    public Set<DeviceAddress> bundlesNeeded(Conversation conversation) {
        return encryption.accounts(conversation).stream().flatMap(jid -> knownDevices.listed(jid).stream())
            .filter(address -> context.store().sessions(address).isEmpty())
            .filter(address -> trust(address) != Trust.DISTRUSTED)
            .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Encrypts content for all devices of the recipients and for one's own others, as far as they are trusted. Keys that
     * are seen for the first time wait for a decision, unless the settings say otherwise.
     *
     * @param bundles of devices without a session; others are ignored
     * @throws IllegalArgumentException if an element is one that servers process
     */
    public Outgoing encrypt(
            Conversation conversation, List<ContentElement> content, Map<DeviceAddress, Bundle> bundles) {
        return encryption.encrypt(conversation, encryption.content(conversation.jid(), content), bundles);
    }

    /** Encrypts an empty message for a device: a heartbeat, or the answer to a key exchange. */
    public Outgoing emptyMessage(DeviceAddress address) {
        return encryption.encryptEmpty(address);
    }

    /** Replaces a broken session because the user wants it: a key exchange with an empty message. */
    public Outgoing startOver(DeviceAddress address, Bundle bundle) {
        return encryption.startOver(address, bundle);
    }

    /** Replaces a broken session because a message called for {@link Need#RECOVERY}, within the limit of the settings. */
    public Outgoing recover(DeviceAddress address, Bundle bundle) {
        return encryption.recover(address, bundle);
    }

    /**
     * Decrypts a message.
     *
     * @param delivery the way on which it came, as the server vouches for it
     * @throws IllegalArgumentException if it is of another family than this device's
     */
    public Incoming decrypt(Delivery delivery, Encrypted encrypted) {
        requireOwnFamily(encrypted.family());
        return decryption.decrypt(delivery, encrypted);
    }

    private void requireOwnFamily(Family family) {
        if (family != context.profile().family()) {
            throw new IllegalArgumentException("of another family");
        }
    }

    /** From now on messages come from an archive: used prekeys are kept, answers wait, and nothing is encrypted. */
    public void beginCatchUp() {
        catchUp.begin();
    }

    /** The archive is read: forgets the used prekeys, and answers all who wait for it. */
    public CatchUpResult endCatchUp() {
        Map<DeviceAddress, Encrypted> answers = context.store().atomically(() -> {
            ownKeys.forgetKept();
            return encryption.answers();
        });
        return new CatchUpResult(answers, catchUp.end());
    }

    /** The identity keys of an account that were seen, and what is thought of them. */
    public Map<Fingerprint, Trust> trust(BareJid jid) {
        return Map.copyOf(context.store().trust(jid));
    }

    /** What is thought of the key that a device was seen with last. */
    public Trust trust(DeviceAddress address) {
        return trustBook.of(address);
    }

    /** Decides about a key. */
    public void decide(BareJid jid, Fingerprint fingerprint, Trust trust) {
        context.store().atomically(() -> {
            context.store().storeTrust(jid, fingerprint, trust);
            return trust;
        });
    }

    /** How people write in a conversation. */
    public ConversationMode mode(BareJid conversation) {
        return optOuts.mode(conversation);
    }

    /**
     * Tells the recipients that this user goes on in plaintext; once that is encrypted, nothing else will be.
     *
     * @throws IllegalArgumentException if the conversation is with oneself: {@link #deactivate}
     */
    public Outgoing optOut(Conversation conversation, Optional<String> reason, Map<DeviceAddress, Bundle> bundles) {
        optOuts.requireOther(conversation.jid());
        OptOut optOut = new OptOut(context.profile().family(), reason);
        Outgoing outgoing = encrypt(conversation, List.of(ContentElement.of(optOut.toElement())), bundles);
        if (outgoing instanceof Outgoing.Ready) {
            optOuts.store(conversation.jid(), ConversationMode.PLAINTEXT);
        }
        return outgoing;
    }

    /** The user agrees to go on in plaintext. */
    public void confirmPlaintext(BareJid conversation) {
        optOuts.store(conversation, ConversationMode.PLAINTEXT);
    }

    /** The user goes back to OMEMO. */
    public void resume(BareJid conversation) {
        optOuts.store(conversation, ConversationMode.ENCRYPTED);
    }

    /**
     * Switches OMEMO off for the account: nothing is encrypted any longer. The item of the bundle is to be retracted.
     *
     * @return the device list to publish in place of this one; if it is empty, the item is to be retracted
     */
    public DeviceList deactivate(DeviceList published) {
        optOuts.storeForAccount(ConversationMode.PLAINTEXT);
        return knownDevices.withdraw(published);
    }

    /** Switches OMEMO on again: announce the device and publish the bundle. */
    public void activate() {
        optOuts.storeForAccount(ConversationMode.ENCRYPTED);
    }
}
