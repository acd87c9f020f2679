package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    @ParameterizedTest
    @ValueSource(strings = {"vectors-omemo1.json", "vectors-omemo2.json"})
    void readsAndRepeatsTheVectors(String file) throws MalformedElementException {
        List<String> vectors = Xml.vectors(file, "bundle_xml");
        assertThat(vectors).hasSize(2);
        for (String xml : vectors) {
            Bundle bundle = Bundle.parse(Xml.parse(xml));
            assertThat(bundle.preKeys()).extracting(PreKey::id).containsExactly(1, 2, 3, 4, 5);
            assertThat(bundle.toElement().asXML()).isEqualTo(xml);
        }
    }

    @Test
    void readsTheLegacyVectors() throws MalformedElementException {
        List<String> vectors = Samples.legacyBundles();
        assertThat(vectors).hasSize(8);
        for (String xml : vectors) {
            Bundle bundle = Bundle.parse(Xml.parse(xml));
            assertThat(bundle.family()).isEqualTo(Family.LEGACY);
            assertThat(bundle.identityKey().decode()).hasSize(33).startsWith(5);
            assertThat(Bundle.parse(Xml.parseLikeOpenfire(xml))).isEqualTo(bundle);
            assertThat(Bundle.parse(Xml.parse(bundle.toElement().asXML()))).isEqualTo(bundle);
        }
    }

    @Test
    void acceptsIdsFromZeroAsTheExamplesOfFourAndConverseHaveThem() throws MalformedElementException {
        for (Family family : Family.values()) {
            String xml = Samples.bundle(family).replaceAll("(?i)(id=[\"'])1([\"'])", "$10$2");
            Bundle bundle = Bundle.parse(Xml.parse(xml));
            assertThat(bundle.signedPreKey().id()).isZero();
            assertThat(bundle.preKeys().get(0).id()).isZero();
        }
    }

    static Stream<Arguments> changes() {
        String spk = "H+cKMra/3GP3qX8NgXTw+wXZXjTtd/+HlcLTu2kBnww=";
        String legacyIk = "BSobl5Whg+KBRNXs+H4AnwTKIX1H1xAOETNQAbwxFJVW";
        return Stream.of(
                arguments(Family.OMEMO_1, "omemo:1", "omemo:0", Flaw.UNKNOWN_NAMESPACE, "bundle"),
                arguments(Family.OMEMO_1, "xmlns=", "x=\"y\" xmlns=", Flaw.UNEXPECTED_ATTRIBUTE, "bundle@*[1]"),
                arguments(Family.OMEMO_1, "<ik>.*</ik>", "", Flaw.MISSING_ELEMENT, "bundle/ik"),
                arguments(Family.OMEMO_1, "<spk .*</spk>", "", Flaw.MISSING_ELEMENT, "bundle/spk"),
                arguments(Family.OMEMO_1, "<spks>.*</spks>", "", Flaw.MISSING_ELEMENT, "bundle/spks"),
                arguments(Family.OMEMO_1, "<prekeys>.*</prekeys>", "", Flaw.MISSING_ELEMENT, "bundle/prekeys"),
                arguments(Family.OMEMO_1, "<prekeys>.*</prekeys>", "<prekeys/>", Flaw.NO_PREKEYS, "bundle/prekeys"),
                arguments(Family.LEGACY, "<ns0:preKeyPublic.*</ns0:preKeyPublic>", "", Flaw.NO_PREKEYS,
                        "bundle/prekeys"),
                arguments(Family.OMEMO_1, "</ik>", "</ik><ik/>", Flaw.DUPLICATE_ELEMENT, "bundle/ik[2]"),
                arguments(Family.OMEMO_1, "</ik>", "</ik><x/>", Flaw.UNEXPECTED_ELEMENT, "bundle/*[4]"),
                arguments(Family.OMEMO_1, "</ik>", "</ik>text", Flaw.UNEXPECTED_TEXT, "bundle/text()"),
                arguments(Family.OMEMO_1, "<ik>", "<ik x='y'>", Flaw.UNEXPECTED_ATTRIBUTE, "bundle/ik@*[1]"),
                arguments(Family.OMEMO_1, "<spk id=\"1\"", "<spk", Flaw.MISSING_ID, "bundle/spk@id"),
                arguments(Family.OMEMO_1, "<spk id=\"1\"", "<spk id=\"-1\"", Flaw.ID_NOT_DECIMAL, "bundle/spk@id"),
                arguments(Family.OMEMO_1, "<pk id=\"1\"", "<pk id=\"2147483648\"", Flaw.ID_OUT_OF_RANGE,
                        "bundle/prekeys/pk[1]@id"),
                arguments(Family.OMEMO_2, "<pk id=\"3\"", "<pk id=\"2\"", Flaw.DUPLICATE_ID, "bundle/prekeys/pk[3]@id"),
                arguments(Family.OMEMO_2, "<pk id=\"3\"", "<pk x=\"2\"", Flaw.UNEXPECTED_ATTRIBUTE,
                        "bundle/prekeys/pk[3]@*[1]"),
                arguments(Family.OMEMO_2, "</pk>", "</pk><pk2/>", Flaw.UNEXPECTED_ELEMENT, "bundle/prekeys/*[2]"),
                arguments(Family.OMEMO_2, "\\Q" + spk, Xml.base64(33), Flaw.IMPLAUSIBLE_LENGTH, "bundle/spk"),
                arguments(Family.OMEMO_2, "\\Q" + spk, Xml.base64(31), Flaw.IMPLAUSIBLE_LENGTH, "bundle/spk"),
                arguments(Family.OMEMO_2, "\\Q" + spk, " " + spk, Flaw.INVALID_BASE64, "bundle/spk"),
                arguments(Family.OMEMO_2, "<spks>.*</spks>", "<spks>AAAA</spks>", Flaw.IMPLAUSIBLE_LENGTH,
                        "bundle/spks"),
                arguments(Family.LEGACY, "\\Q" + legacyIk, Xml.base64(32), Flaw.IMPLAUSIBLE_LENGTH,
                        "bundle/identityKey"),
                arguments(Family.LEGACY, "\\Q" + legacyIk, Xml.base64(33), Flaw.WRONG_KEY_TYPE, "bundle/identityKey"),
                arguments(Family.LEGACY, "preKeyId='1'", "id='1'", Flaw.UNEXPECTED_ATTRIBUTE,
                        "bundle/prekeys/preKeyPublic[1]@*[1]"),
                arguments(Family.LEGACY, " signedPreKeyId=\"1\"", "", Flaw.MISSING_ID,
                        "bundle/signedPreKeyPublic@signedPreKeyId"));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @MethodSource("changes")
    void refusesWhatIsMalformed(Family family, String before, String after, Flaw flaw, String where) {
        String valid = Samples.bundle(family);
        String xml = valid.replaceFirst(before, after);
        assertThat(xml).isNotEqualTo(valid);

        MalformedElementException malformed = malformed(Xml.parse(xml), Bundle.DEFAULT_MAX_PREKEYS);
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void countsThePreKeys() throws MalformedElementException {
        Element element = Xml.parse(Samples.bundle(Family.OMEMO_2));
        assertThat(Bundle.parse(element, 5).preKeys()).hasSize(5);
        MalformedElementException malformed = malformed(element, 4);
        assertThat(malformed.flaw()).isEqualTo(Flaw.TOO_MANY_PREKEYS);
        assertThat(malformed.where()).isEqualTo("bundle/prekeys/pk[5]");
    }

    @ParameterizedTest
    @EnumSource
    void cannotBeMadeWrong(Family family) throws MalformedElementException {
        Bundle valid = Bundle.parse(Xml.parse(Samples.bundle(family)));
        SignedPreKey signed = valid.signedPreKey();
        Base64Text key = valid.identityKey();
        Base64Text wrong = Base64Text.encode(new byte[family == Family.LEGACY ? 33 : 34]);
        PreKey preKey = valid.preKeys().get(0);
        refused(() -> new Bundle(family, signed, key, List.of()));
        refused(() -> new Bundle(family, signed, key, List.of(preKey, preKey)));
        refused(() -> new Bundle(family, signed, wrong, List.of(preKey)));
        refused(() -> new Bundle(family, signed, key, List.of(new PreKey(1, wrong))));
        refused(() -> new Bundle(family, new SignedPreKey(1, wrong, signed.signature()), key, List.of(preKey)));
        refused(() -> new SignedPreKey(1, key, key));
        refused(() -> new SignedPreKey(-1, key, signed.signature()));
        refused(() -> new PreKey(-1, key));
    }

    private static void refused(Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run);
    }

    private static MalformedElementException malformed(Element element, int maxPreKeys) {
        return catchThrowableOfType(MalformedElementException.class, () -> Bundle.parse(element, maxPreKeys));
    }
}
