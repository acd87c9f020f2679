package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedDevices;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.keys.ReadinessIndex;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.interceptor.InterceptorManager;
import org.xmpp.packet.JID;

/** What this server knows of anybody's devices: all of its own accounts', and of others' what has passed here. */
final class KnownDevices {

    private final KeyDirectory directory;
    private final ReadinessIndex index;
    private final RemoteLists remote;
    private final String domain;

    KnownDevices(XMPPServer server, KeyDirectory directory, ReadinessIndex index) {
        this.directory = directory;
        this.index = index;
        domain = new JID(null, server.getServerInfo().getXMPPDomain(), null).getDomain();
        remote = new RemoteLists(domain);
    }

    void start() {
        InterceptorManager.getInstance().addInterceptor(remote);
    }

    void stop() {
        InterceptorManager.getInstance().removeInterceptor(remote);
    }

    /** Whether a stanza's sender has an account here. */
    boolean isOfThisServer(JID sender) {
        return sender.getNode() != null && sender.getDomain().equals(domain);
    }

    /** Whether an address belongs to an account of this server. */
    boolean isLocal(BareJid account) {
        return account.local().isPresent() && account.domain().equals(domain);
    }

    /** Whether the devices of an account of this server can be told without waiting. */
    boolean isKnown(BareJid account) {
        return directory.known(account).isPresent();
    }

    /**
     * The devices on the list of an account of this server.
     *
     * @param nanos how long it may take
     * @throws IllegalStateException if it cannot be read, or not within that time
     */
    Set<Integer> listed(BareJid account, Family family, long nanos) {
        return PublishedDevices.listed(keys(account, nanos), family);
    }

    private AccountKeys keys(BareJid account, long nanos) {
        Optional<AccountKeys> known = directory.known(account);
        if (known.isPresent()) {
            return known.get();
        }
        try {
            return directory.read(account).get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The keys of an account cannot be read now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keys were read", e);
        }
    }

    /** The devices on the lists of an account of another server, as far as they have passed here. */
    Optional<Set<Integer>> remoteListed(BareJid account, Family family) {
        return remote.listed(account, family);
    }

    /** Which devices of an account can be written to; empty if it is of another server, or yet to be looked at. */
    Optional<Readiness> readiness(BareJid account) {
        return isLocal(account) ? index.of(account) : Optional.empty();
    }

    /** See {@link KeyDirectory#wasListedLately}. */
    boolean wasListedLately(BareJid account, Family family, int device) {
        return directory.wasListedLately(account, family, device);
    }

    /** Begins to read what is not known of these accounts, and returns. */
    void lookAhead(Collection<BareJid> accounts, int most) {
        int begun = 0;
        for (BareJid account : accounts) {
            if (begun == most) {
                return;
            }
            if (isLocal(account) && !isKnown(account)) {
                directory.read(account);
                begun++;
            }
        }
    }
}
