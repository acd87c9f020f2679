package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.IdSet;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;

/**
 * For which devices something is encrypted, without what it is. A legacy header names no accounts: a device is among them
 * if one of that id is, whosever it is.
 */
public final class Addressees {

    private final Family family;
    private final int sid;
    private final boolean hasPayload;
    private final BareJid[] accounts;
    private final int[][] devices;
    private final int size;

    private Addressees(Encrypted encrypted) {
        family = encrypted.family();
        sid = encrypted.sid();
        hasPayload = encrypted.payload().isPresent();
        List<Recipient> recipients = encrypted.recipients();
        accounts = new BareJid[family == Family.LEGACY ? 0 : recipients.size()];
        devices = new int[recipients.size()][];
        int count = 0;
        for (int i = 0; i < devices.length; i++) {
            if (i < accounts.length) {
                accounts[i] = recipients.get(i).jid().orElseThrow();
            }
            devices[i] = devices(recipients.get(i).keys());
            count += devices[i].length;
        }
        size = count;
    }

    private static int[] devices(List<EncryptedKey> keys) {
        int[] ids = new int[keys.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = keys.get(i).rid();
        }
        return ids;
    }

    /** Those of this element. */
    public static Addressees of(Encrypted encrypted) {
        return new Addressees(encrypted);
    }

    public Family family() {
        return family;
    }

    /** The device that has sent it. */
    public int sid() {
        return sid;
    }

    /** Whether there is anything to be read, so that whoever is no addressee misses it. */
    public boolean hasPayload() {
        return hasPayload;
    }

    /** How many devices. */
    public int size() {
        return size;
    }

    /** Makes it quick to ask for many. */
    public Lookup lookup() {
        return family == Family.LEGACY ? new Flat(devices[0]) : new Grouped(accounts, devices);
    }

    /** Answers for whom it is encrypted. */
    public interface Lookup {

        /** The devices of an account; only those that the account has on its list mean anything. */
        Ids of(BareJid account);
    }

    /** Device ids. */
    public interface Ids {

        boolean contain(int device);
    }

    private static final class Flat implements Lookup {

        private final Ids all;

        Flat(int[] devices) {
            all = ids(devices);
        }

        @Override
        public Ids of(BareJid account) {
            return all;
        }
    }

    private static final class Grouped implements Lookup {

        private static final Ids NONE = device -> false;

        private final Map<BareJid, Ids> byAccount;

        Grouped(BareJid[] accounts, int[][] devices) {
            byAccount = new HashMap<>(accounts.length * 2);
            for (int i = 0; i < accounts.length; i++) {
                byAccount.put(accounts[i], ids(devices[i]));
            }
        }

        @Override
        public Ids of(BareJid account) {
            return byAccount.getOrDefault(account, NONE);
        }
    }

    private static Ids ids(int[] devices) {
        return devices.length <= Few.MOST ? new Few(devices) : new Many(devices);
    }

    /** So few that going through them is the quickest way. */
    private record Few(int[] devices) implements Ids {

        private static final int MOST = 8;

        @Override
        public boolean contain(int device) {
            for (int one : devices) {
                if (one == device) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class Many implements Ids {

        private final IdSet set;

        Many(int[] devices) {
            set = new IdSet(devices.length);
            for (int device : devices) {
                set.add(device);
            }
        }

        @Override
        public boolean contain(int device) {
            return set.contains(device);
        }
    }
}
