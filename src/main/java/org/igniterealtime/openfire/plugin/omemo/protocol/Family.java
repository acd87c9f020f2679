package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Optional;
import java.util.OptionalInt;

/** The three generations of XEP-0384 that share a name and nothing else: none understands another. */
public enum Family {

    /** XEP-0384 0.1 to 0.3, {@code eu.siacs.conversations.axolotl}: what most clients speak. */
    LEGACY("eu.siacs.conversations.axolotl", "legacy", ".devicelist", ".bundles"),

    /** XEP-0384 0.4 to 0.7, {@code urn:xmpp:omemo:1}. */
    OMEMO_1("urn:xmpp:omemo:1", "0.4", ":devices", ":bundles"),

    /** XEP-0384 0.8 and later, {@code urn:xmpp:omemo:2}. */
    OMEMO_2("urn:xmpp:omemo:2", "0.8+", ":devices", ":bundles");

    private static final Family[] ALL = values();

    private final String namespace;
    private final String label;
    private final String deviceListNode;
    private final String bundlesNode;

    Family(String namespace, String label, String devices, String bundles) {
        this.namespace = namespace;
        this.label = label;
        this.deviceListNode = namespace + devices;
        this.bundlesNode = namespace + bundles;
    }

    /** The namespace of every element of this family. */
    public String namespace() {
        return namespace;
    }

    /** The short name for people and settings: {@code legacy}, {@code 0.4} or {@code 0.8+}. */
    public String label() {
        return label;
    }

    /** The PEP node that holds an account's device list. */
    public String deviceListNode() {
        return deviceListNode;
    }

    /**
     * The PEP node that holds the bundle of this device: a node of its own in the legacy family, the account's one
     * bundles node in the others.
     *
     * @throws IllegalArgumentException if the id is not positive
     */
    public String bundleNode(int deviceId) {
        Check.deviceId(deviceId);
        return this == LEGACY ? bundlesNode + ':' + deviceId : bundlesNode;
    }

    /** The family that uses this namespace. */
    public static Optional<Family> ofNamespace(String namespace) {
        for (Family family : ALL) {
            if (family.namespace.equals(namespace)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** The family with this {@link #label()}. */
    public static Optional<Family> ofLabel(String label) {
        for (Family family : ALL) {
            if (family.label.equals(label)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** What OMEMO keeps in the PEP node of this name, if it is one of OMEMO's. */
    public static Optional<OmemoNode> ofNode(String node) {
        for (Family family : ALL) {
            if (node.startsWith(family.namespace)) {
                return family.recognise(node);
            }
        }
        return Optional.empty();
    }

    private Optional<OmemoNode> recognise(String node) {
        if (node.equals(deviceListNode)) {
            return Optional.of(new OmemoNode(this, OmemoNode.Content.DEVICE_LIST, OptionalInt.empty()));
        }
        if (!node.startsWith(bundlesNode)) {
            return Optional.empty();
        }
        String rest = node.substring(bundlesNode.length());
        if (this != LEGACY) {
            return rest.isEmpty()
                    ? Optional.of(new OmemoNode(this, OmemoNode.Content.BUNDLES, OptionalInt.empty()))
                    : Optional.empty();
        }
        int deviceId = rest.startsWith(":") ? Decimal.parse(rest.substring(1)) : Decimal.MALFORMED;
        return deviceId >= 1
                ? Optional.of(new OmemoNode(this, OmemoNode.Content.BUNDLES, OptionalInt.of(deviceId)))
                : Optional.empty();
    }
}
