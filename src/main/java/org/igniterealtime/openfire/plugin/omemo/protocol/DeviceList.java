package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.igniterealtime.openfire.plugin.omemo.protocol.StrictReader.IdRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dom4j.Attribute;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;

/**
 * The devices of an account: {@code <list>} in the legacy family, {@code <devices>} in the others (XEP-0384,
 * "Announcing support").
 *
 * @param family  whose form it has
 * @param devices each with another id; may be empty
 */
public record DeviceList(Family family, List<Device> devices) {

    /** How many devices {@link #parse(Element)} accepts. */
    public static final int DEFAULT_MAX_DEVICES = 1_000;

    private static final String DEVICE = "device";
    private static final String ID = "id";
    private static final String LABEL = "label";
    private static final String LABEL_SIGNATURE = "labelsig";

    /** @throws IllegalArgumentException if two devices have the same id, or one what its family has not */
    public DeviceList {
        devices = List.copyOf(devices);
        IdSet ids = new IdSet(devices.size());
        for (Device device : devices) {
            Check.that(ids.add(device.id()), "devices have different ids");
            Check.that(family != Family.LEGACY || device.label().isEmpty(), "legacy devices have no label");
            Check.that(family == Family.OMEMO_2 || device.labelSignature().isEmpty(), "label signatures came with 0.9");
        }
    }

    /** {@link #parse(Element, int)} of at most {@link #DEFAULT_MAX_DEVICES} devices. */
    public static DeviceList parse(Element element) throws MalformedElementException {
        return parse(element, DEFAULT_MAX_DEVICES);
    }

    /**
     * Reads the element, which is not changed. An empty list is read: 0.9's schema allows it, and accounts have it.
     *
     * @throws MalformedElementException if it is anything else than a list of at most so many devices
     */
    public static DeviceList parse(Element element, int maxDevices) throws MalformedElementException {
        Family family = StrictReader.familyOf(element, elementName(Family.OMEMO_2));
        StrictReader reader = StrictReader.of(element, family, elementName(family));
        reader.requireNoAttributes(element);
        int nodes = element.nodeCount();
        int room = Math.min(nodes, maxDevices);
        List<Device> devices = new ArrayList<>(room);
        IdSet ids = new IdSet(room);
        for (int i = 0; i < nodes; i++) {
            Element child = reader.child(element, i);
            if (child == null) {
                continue;
            }
            if (!child.getName().equals(DEVICE)) {
                throw reader.unexpected(child);
            }
            if (devices.size() == maxDevices) {
                throw reader.flaw(Flaw.TOO_MANY_DEVICES, child, "", maxDevices + 1, maxDevices);
            }
            Device device = device(reader, family, child);
            if (!ids.add(device.id())) {
                throw reader.flaw(Flaw.DUPLICATE_ID, child, "@" + ID);
            }
            devices.add(device);
        }
        return new DeviceList(family, devices);
    }

    private static Device device(StrictReader reader, Family family, Element element)
            throws MalformedElementException {
        String id = null;
        String label = null;
        Optional<Base64Text> signature = Optional.empty();
        int attributes = element.attributeCount();
        for (int i = 0; i < attributes; i++) {
            Attribute attribute = reader.attribute(element, i);
            String name = attribute.getName();
            String value = attribute.getValue();
            if (name.equals(ID)) {
                id = value;
            } else if (name.equals(LABEL) && family != Family.LEGACY) {
                label = label(reader, element, value);
            } else if (name.equals(LABEL_SIGNATURE) && family == Family.OMEMO_2) {
                int bytes = SignedPreKey.SIGNATURE_BYTES;
                signature = Optional.of(reader.base64(element, "@" + LABEL_SIGNATURE, value, bytes, bytes));
            } else {
                throw reader.unexpectedAttribute(element, i);
            }
        }
        reader.requireEmpty(element);
        int number = reader.id(element, ID, id, IdRule.DEVICE);
        if (signature.isPresent() && label == null) {
            throw reader.flaw(Flaw.MISSING_LABEL, element, "@" + LABEL);
        }
        return new Device(number, Optional.ofNullable(label), signature);
    }

    private static String label(StrictReader reader, Element element, String label) throws MalformedElementException {
        int length = Device.codePoints(label);
        if (length > Device.MAX_LABEL_CODE_POINTS) {
            throw reader.flaw(Flaw.LABEL_TOO_LONG, element, "@" + LABEL, length, Device.MAX_LABEL_CODE_POINTS);
        }
        if (Device.hasControls(label)) {
            throw reader.flaw(Flaw.INVALID_LABEL, element, "@" + LABEL);
        }
        return label;
    }

    /**
     * A new element that says the same, as its family writes it.
     *
     * @throws IllegalStateException if the list is empty. Up to 0.8 no schema has an empty list and clients refuse it:
     *                               an account without devices has no item
     */
    public Element toElement() {
        if (devices.isEmpty()) {
            throw new IllegalStateException("an empty device list is not published: retract the item");
        }
        Element list = DocumentHelper.createElement(QName.get(elementName(family), family.namespace()));
        for (Device device : devices) {
            Element element = list.addElement(QName.get(DEVICE, family.namespace()));
            element.addAttribute(ID, Integer.toString(device.id()));
            device.label().ifPresent(label -> element.addAttribute(LABEL, label));
            device.labelSignature().ifPresent(data -> element.addAttribute(LABEL_SIGNATURE, data.text()));
        }
        return list;
    }

    private static String elementName(Family family) {
        return family == Family.LEGACY ? "list" : "devices";
    }
}
