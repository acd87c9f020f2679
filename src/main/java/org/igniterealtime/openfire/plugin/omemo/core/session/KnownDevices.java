package org.igniterealtime.openfire.plugin.omemo.core.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceAddress;
import org.igniterealtime.openfire.plugin.omemo.core.store.DeviceRecord;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;

/** Device lists, the own and those of others (XEP-0384, section "Device list"). */
final class KnownDevices {

    private final DeviceContext context;

    KnownDevices(DeviceContext context) {
        this.context = context;
    }

    /** Takes over a list as it was published. */
    void takeOver(BareJid jid, DeviceList list) {
        Set<Integer> ids = list.devices().stream().map(Device::id).collect(Collectors.toSet());
        Map<Integer, DeviceRecord> known = new TreeMap<>(context.store().devices(jid));
        ids.forEach(id -> known.putIfAbsent(id, DeviceRecord.UNKNOWN));
        known.forEach((id, device) -> {
            if (device.listed() != ids.contains(id)) {
                context.store().storeDevice(new DeviceAddress(jid, id), device.listed(ids.contains(id)));
            }
        });
    }

    /** The listed devices of an account besides this one. */
    List<DeviceAddress> listed(BareJid jid) {
        List<DeviceAddress> addresses = new ArrayList<>();
        context.store().devices(jid).forEach((id, device) -> {
            DeviceAddress address = new DeviceAddress(jid, id);
            if (device.listed() && !context.isOwn(address)) {
                addresses.add(address);
            }
        });
        return addresses;
    }

    /** The own account's list with this device on it as it should be. */
    DeviceList announce(Optional<DeviceList> published) {
        List<Device> devices = new ArrayList<>(others(published));
        devices.add(new Device(context.own().address().deviceId(), context.own().label(), Optional.empty()));
        return new DeviceList(context.profile().family(), devices);
    }

    /** The own account's list without this device. */
    DeviceList withdraw(DeviceList published) {
        return new DeviceList(context.profile().family(), others(Optional.of(published)));
    }

    private List<Device> others(Optional<DeviceList> published) {
        return published.map(DeviceList::devices).orElse(List.of()).stream()
            .filter(device -> device.id() != context.own().address().deviceId()).toList();
    }

    boolean announces(DeviceList published) {
        return published.devices().stream().anyMatch(device -> device.id() == context.own().address().deviceId());
    }

    Map<DeviceAddress, DeviceState> states(BareJid jid, DeviceState.Bounds bounds) {
        Map<DeviceAddress, DeviceState> states = new LinkedHashMap<>();
        listed(jid).forEach(address ->
            states.put(address, DeviceState.of(context.device(address), bounds, context.now())));
        return states;
    }
}
