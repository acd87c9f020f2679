package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceListTest {

    @ParameterizedTest
    @EnumSource
    void readsTheExamples(Family family) throws MalformedElementException {
        DeviceList list = DeviceList.parse(Xml.parse(Samples.deviceList(family)));
        assertThat(list.family()).isEqualTo(family);
        assertThat(list.devices()).extracting(Device::id).containsExactly(12345, 4223, 31415);
        assertThat(list.devices().get(0).label())
                .isEqualTo(family == Family.LEGACY ? Optional.empty() : Optional.of("Dino on Lenovo Thinkpad T495"));
        assertThat(list.devices().get(0).labelSignature().isPresent()).isEqualTo(family == Family.OMEMO_2);
    }

    @ParameterizedTest
    @EnumSource
    void repeatsWhatItRead(Family family) throws MalformedElementException {
        DeviceList list = DeviceList.parse(Xml.parseLikeOpenfire(Samples.deviceList(family)));
        assertThat(DeviceList.parse(list.toElement())).isEqualTo(list);
        assertThat(DeviceList.parse(Xml.parse(list.toElement().asXML()))).isEqualTo(list);
    }

    @ParameterizedTest
    @EnumSource
    void readsAnEmptyListButDoesNotWriteOne(Family family) throws MalformedElementException {
        String name = family == Family.LEGACY ? "list" : "devices";
        String xml = "<" + name + " xmlns='" + family.namespace() + "'> </" + name + ">";
        DeviceList list = DeviceList.parse(Xml.parse(xml));
        assertThat(list.devices()).isEmpty();
        assertThatIllegalStateException().isThrownBy(list::toElement);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(Family.LEGACY, "axolotl", "axolotl.x", Flaw.UNKNOWN_NAMESPACE, "devices"),
                arguments(Family.LEGACY, "list", "devices", Flaw.WRONG_ELEMENT, "list"),
                arguments(Family.OMEMO_1, "devices", "list", Flaw.WRONG_ELEMENT, "devices"),
                arguments(Family.OMEMO_2, "xmlns=", "x='y' xmlns=", Flaw.UNEXPECTED_ATTRIBUTE, "devices@*[1]"),
                arguments(Family.OMEMO_2, "<device ", "text<device ", Flaw.UNEXPECTED_TEXT, "devices/text()"),
                arguments(Family.OMEMO_2, "<device ", "<x/><device ", Flaw.UNEXPECTED_ELEMENT, "devices/*[1]"),
                arguments(Family.OMEMO_2, " id='4223'", "", Flaw.MISSING_ID, "devices/device[2]@id"),
                arguments(Family.OMEMO_2, "4223", "0", Flaw.ID_OUT_OF_RANGE, "devices/device[2]@id"),
                arguments(Family.OMEMO_2, "4223", "2147483648", Flaw.ID_OUT_OF_RANGE, "devices/device[2]@id"),
                arguments(Family.OMEMO_2, "4223", "-4223", Flaw.ID_NOT_DECIMAL, "devices/device[2]@id"),
                arguments(Family.LEGACY, "4223", "12345", Flaw.DUPLICATE_ID, "list/device[2]@id"),
                arguments(Family.OMEMO_1, "id='4223' /", "id='4223'>text</device", Flaw.UNEXPECTED_TEXT,
                        "devices/device[2]/text()"),
                arguments(Family.OMEMO_1, "id='4223' /", "id='4223'><x/></device", Flaw.UNEXPECTED_ELEMENT,
                        "devices/device[2]/*[1]"),
                arguments(Family.LEGACY, "id='4223'", "id='4223' label='x'", Flaw.UNEXPECTED_ATTRIBUTE,
                        "list/device[2]@*[2]"),
                arguments(Family.OMEMO_1, "label='Dino", "labelsig='' label='Dino", Flaw.UNEXPECTED_ATTRIBUTE,
                        "devices/device[1]@*[2]"),
                arguments(Family.OMEMO_2, "Dino", "Dino&#9;", Flaw.INVALID_LABEL, "devices/device[1]@label"),
                arguments(Family.OMEMO_2, "Dino", "Dino\u0085", Flaw.INVALID_LABEL, "devices/device[1]@label"),
                arguments(Family.OMEMO_2, "Dino", "x".repeat(256), Flaw.LABEL_TOO_LONG,
                        "devices/device[1]@label"),
                arguments(Family.OMEMO_2, "label='Dino[^']*'", "", Flaw.MISSING_LABEL, "devices/device[1]@label"),
                arguments(Family.OMEMO_2, Xml.base64(64), Xml.base64(63), Flaw.IMPLAUSIBLE_LENGTH,
                        "devices/device[1]@labelsig"),
                arguments(Family.OMEMO_2, Xml.base64(64), Xml.base64(65), Flaw.IMPLAUSIBLE_LENGTH,
                        "devices/device[1]@labelsig"),
                arguments(Family.OMEMO_2, "AAAA", "AA-A", Flaw.INVALID_BASE64, "devices/device[1]@labelsig"));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @MethodSource("changes")
    void refusesWhatIsMalformed(Family family, String before, String after, Flaw flaw, String where) {
        String valid = Samples.deviceList(family);
        String xml = before.matches("list|devices") ? valid.replaceAll("(</?)" + before, "$1" + after)
                : valid.replaceFirst(before, after);
        assertThat(xml).isNotEqualTo(valid);

        MalformedElementException malformed = malformed(Xml.parse(xml), DeviceList.DEFAULT_MAX_DEVICES);
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void countsTheDevices() throws MalformedElementException {
        Element element = Xml.parse(Samples.deviceList(Family.LEGACY));
        assertThat(DeviceList.parse(element, 3).devices()).hasSize(3);
        MalformedElementException malformed = malformed(element, 2);
        assertThat(malformed.flaw()).isEqualTo(Flaw.TOO_MANY_DEVICES);
        assertThat(malformed.where()).isEqualTo("list/device[3]");
    }

    @Test
    void acceptsALabelOfTheGreatestLength() throws MalformedElementException {
        String label = "\ud83e\udd95".repeat(256);
        Element element = Xml.parse("<devices xmlns='urn:xmpp:omemo:1'><device id='1'/></devices>");
        element.elements().get(0).addAttribute("label", label);
        assertThat(DeviceList.parse(element).devices().get(0).label()).contains(label);
    }

    @Test
    void cannotBeMadeWrong() {
        Device plain = new Device(1, Optional.empty(), Optional.empty());
        Device labelled = new Device(2, Optional.of("x"), Optional.empty());
        Device signed = new Device(3, Optional.of("x"), Base64Text.of(Xml.base64(64)));
        assertThat(new DeviceList(Family.OMEMO_2, List.of(plain, labelled, signed))).isNotNull();
        refused(() -> new DeviceList(Family.OMEMO_2, List.of(plain, plain)));
        refused(() -> new DeviceList(Family.OMEMO_1, List.of(signed)));
        refused(() -> new DeviceList(Family.LEGACY, List.of(labelled)));
        refused(() -> new Device(0, Optional.empty(), Optional.empty()));
        refused(() -> new Device(1, Optional.of("\n"), Optional.empty()));
        refused(() -> new Device(1, Optional.of("x".repeat(257)), Optional.empty()));
        refused(() -> new Device(1, Optional.empty(), Base64Text.of(Xml.base64(64))));
        refused(() -> new Device(1, Optional.of("x"), Base64Text.of(Xml.base64(32))));
    }

    private static void refused(Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run);
    }

    private static MalformedElementException malformed(Element element, int maxDevices) {
        return catchThrowableOfType(MalformedElementException.class, () -> DeviceList.parse(element, maxDevices));
    }
}
