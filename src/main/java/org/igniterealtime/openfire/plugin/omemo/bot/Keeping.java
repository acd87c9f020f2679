package org.igniterealtime.openfire.plugin.omemo.bot;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.session.DeviceSettings;
import org.igniterealtime.openfire.plugin.omemo.core.store.OmemoStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.RecordStore;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.store.BotRecords;
import org.igniterealtime.openfire.plugin.omemo.store.BotStateException;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;

/** What is kept of a bot in the database, claimed and opened. */
record Keeping(Devices devices, BotRooms rooms) {

    private static final String ROOMS = "rooms";

    /**
     * Takes a bot over, and makes its devices if there are none. What is kept of the same name at another domain is
     * forgotten: it was another account, with sessions of its own, and other owners have invited it.
     *
     * @throws IOException if the database cannot be used, or what is in it
     * @throws OmemoException UNDECODABLE if what is in it is not of a bot
     */
    static Keeping open(BotTable table, String name, BareJid account, String label, Set<Family> families,
            Surroundings around, boolean blindTrust) throws IOException, OmemoException {
        BotRecords records = table.claim(name);
        Map<Family, OmemoStore> stores = stores(records);
        if (stores.values().stream().flatMap(store -> store.ownDevice().stream())
                .anyMatch(own -> !own.address().jid().equals(account))) {
            table.delete(name);
            records = table.claim(name);
            stores = stores(records);
        }
        DeviceSettings settings = blindTrust ? DeviceSettings.DEFAULT.withBlindTrust() : DeviceSettings.DEFAULT;
        return new Keeping(
            Devices.open(account, label, families, stores::get, around.random(), around.clock(), settings),
            new BotRooms(records.part(ROOMS)));
    }

    private static Map<Family, OmemoStore> stores(BotRecords records) throws IOException, OmemoException {
        Map<Family, OmemoStore> stores = new EnumMap<>(Family.class);
        for (Family family : Devices.SPOKEN) {
            stores.put(family, RecordStore.open(records.part(family.label())));
        }
        return stores;
    }

    /** Why something kept cannot be used, in words that show nothing of it. */
    static String why(Exception failure) {
        return failure instanceof BotStateException || failure instanceof OmemoException
            ? failure.getMessage() : Bot.describe(failure);
    }
}
