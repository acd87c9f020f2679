package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;
import org.dom4j.QName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Valid elements, changed at random and often: each is read, or refused in words that are ours. */
class MutationTest {

    private static final int ROUNDS = 4_000;
    private static final String MARKER = "planted";
    private static final List<String> NAMES = List.of("header", "payload", "keys", "key", "iv", "device", "pk", "spk",
            "prekeys", "encrypted", "rid", "sid", "jid", "kex", "prekey", "id", "label", MARKER);
    private static final List<String> VALUES = List.of("", "0", "1", "2147483647", "2147483648", "-1", "true", "AAAA",
            MARKER, "a@b", "a@b/" + MARKER, Xml.base64(32), Xml.base64(33), Xml.base64(64), "AA=A", " ",
            "\ud83e\udd95".repeat(24));
    private static final List<String> NAMESPACES = List.of("", "urn:" + MARKER, Family.LEGACY.namespace(),
            Family.OMEMO_1.namespace(), Family.OMEMO_2.namespace());
    /** Steps that are names of the schema or positions. */
    private static final String WHERE = "(encrypted|list|devices|bundle)"
            + "(/(header|payload|keys|key|iv|device|spks?|ik|prekeys|pk|signedPreKeyPublic|signedPreKeySignature"
            + "|identityKey|preKeyPublic|\\*|(node|text)\\(\\))(\\[\\d+])?)*"
            + "(@(sid|rid|jid|kex|prekey|id|label|labelsig|signedPreKeyId|preKeyId|xmlns:\\*|\\*\\[\\d+]))?";

    private interface Parser<T> {
        T parse(Element element) throws MalformedElementException;
    }

    @ParameterizedTest
    @EnumSource
    void yieldMessagesOrFlaws(Family family) throws MalformedElementException {
        mutate(Samples.encrypted(family), element -> Encrypted.parse(element, EncryptedLimits.DEFAULT),
                Encrypted::toElement);
    }

    @ParameterizedTest
    @EnumSource
    void yieldDeviceListsOrFlaws(Family family) throws MalformedElementException {
        mutate(Samples.deviceList(family), DeviceList::parse,
                list -> list.devices().isEmpty() ? Xml.parse(list.family() == Family.LEGACY
                        ? "<list xmlns='" + list.family().namespace() + "'/>"
                        : "<devices xmlns='" + list.family().namespace() + "'/>") : list.toElement());
    }

    @ParameterizedTest
    @EnumSource
    void yieldBundlesOrFlaws(Family family) throws MalformedElementException {
        mutate(Samples.bundle(family), Bundle::parse, Bundle::toElement);
    }

    private static <T> void mutate(String valid, Parser<T> parser, Function<T, Element> writer)
            throws MalformedElementException {
        Random random = new Random(valid.length());
        int read = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Element element = Xml.parse(valid);
            for (int change = random.nextInt(3); change >= 0; change--) {
                List<Element> all = new ArrayList<>();
                collect(element, all);
                change(all.get(random.nextInt(all.size())), element, random);
            }
            T value = null;
            try {
                value = parser.parse(element);
                read++;
            } catch (MalformedElementException e) {
                assertThat(e.where()).as(element.asXML()).matches(WHERE);
                assertThat(e.getMessage()).doesNotContain(MARKER).doesNotContain("AAAA");
                refused++;
            }
            if (value != null) {
                assertThat(parser.parse(writer.apply(value))).isEqualTo(value);
            }
        }
        assertThat(read).isGreaterThan(ROUNDS / 50);
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    private static void collect(Element element, List<Element> all) {
        all.add(element);
        element.elements().forEach(child -> collect(child, all));
    }

    private static void change(Element element, Element root, Random random) {
        switch (random.nextInt(14)) {
            case 0 -> element.addAttribute(any(NAMES, random), any(VALUES, random));
            case 1 -> element.addAttribute(QName.get(any(NAMES, random), "p", "urn:" + MARKER), MARKER);
            case 2 -> element.attributes().forEach(attribute -> attribute.setValue(any(VALUES, random)));
            case 3 -> element.attributes().clear();
            case 4 -> element.setText(any(VALUES, random));
            case 5 -> element.addText(any(VALUES, random));
            case 6 -> element.addCDATA(any(VALUES, random));
            case 7 -> element.addComment(MARKER);
            case 8 -> element.addProcessingInstruction(MARKER, MARKER);
            case 9 -> element.addEntity(MARKER, MARKER);
            case 10 -> element.add(Namespace.get(MARKER, "urn:" + MARKER));
            case 11 -> element.addElement(QName.get(any(NAMES, random), any(NAMESPACES, random)));
            case 12 -> element.setQName(QName.get(any(NAMES, random), any(NAMESPACES, random)));
            default -> {
                Node copy = (Node) element.clone();
                if (element != root && random.nextBoolean()) {
                    element.getParent().remove(element);
                } else {
                    (element == root ? root : element.getParent()).add(copy);
                }
            }
        }
    }

    private static String any(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
