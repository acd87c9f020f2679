package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedTest {

    @Test
    void readsTheLegacyExample() throws MalformedElementException {
        Encrypted message = parse(Samples.legacy());

        assertThat(message.family()).isEqualTo(Family.LEGACY);
        assertThat(message.sid()).isEqualTo(27183);
        assertThat(message.recipients()).hasSize(1);
        assertThat(message.recipients().get(0).jid()).isEmpty();
        assertThat(message.recipients().get(0).keys())
                .containsExactly(key(31415, false), key(12321, true));
        assertThat(message.iv()).hasValueSatisfying(iv -> assertThat(iv.byteLength()).isEqualTo(12));
        assertThat(message.payload()).hasValueSatisfying(data -> assertThat(data.text()).isEqualTo(Samples.PAYLOAD));
        assertThat(message.keyCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"OMEMO_1", "OMEMO_2"})
    void readsTheExamplesOfTheOthers(Family family) throws MalformedElementException {
        Encrypted message = parse(Samples.grouped(family));

        assertThat(message.family()).isEqualTo(family);
        assertThat(message.sid()).isEqualTo(27183);
        assertThat(message.recipients()).containsExactly(
                new Recipient(BareJid.of("juliet@capulet.lit"), List.of(key(31415, false))),
                new Recipient(BareJid.of("romeo@montague.lit"), List.of(key(1337, false), key(12321, true))));
        assertThat(message.iv()).isEmpty();
        assertThat(message.payload()).isPresent();
        assertThat(message.keyCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vectors-omemo1.json", "vectors-omemo2.json"})
    void readsAndRepeatsTheVectors(String file) throws MalformedElementException {
        List<String> vectors = Xml.vectors(file, "encrypted_xml");
        assertThat(vectors).isNotEmpty();
        for (String xml : vectors) {
            Encrypted message = parse(xml);
            assertThat(message.toElement().asXML()).isEqualTo(xml);
            assertThat(message.recipients().get(0).keys().get(0).keyExchange()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatOpenfireParsedAndWhatItWroteItself(Family family) throws MalformedElementException {
        Encrypted message = parse(Samples.encrypted(family));
        assertThat(Encrypted.parse(Xml.parseLikeOpenfire(Samples.encrypted(family)), EncryptedLimits.DEFAULT))
                .isEqualTo(message);
        assertThat(Encrypted.parse(message.toElement(), EncryptedLimits.DEFAULT)).isEqualTo(message);
        assertThat(parse(message.toElement().asXML())).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheElementAsItIs(Family family) throws MalformedElementException {
        Element element = Xml.parse(Samples.encrypted(family));
        String before = element.asXML();
        Encrypted.parse(element, EncryptedLimits.DEFAULT);
        assertThat(element.asXML()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void readsAMessageWithoutPayload(Family family) throws MalformedElementException {
        Encrypted message = parse(Samples.encrypted(family).replaceAll("<payload>.*</payload>", ""));
        assertThat(message.payload()).isEmpty();
        assertThat(parse(message.toElement().asXML())).isEqualTo(message);
    }

    @Test
    void readsALegacyKeyTransportWithoutIv() throws MalformedElementException {
        Encrypted message = parse(Samples.legacy().replaceAll("<(payload|iv)>.*</(payload|iv)>", ""));
        assertThat(message.iv()).isEmpty();
        assertThat(message.payload()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16})
    void readsBothLengthsOfIv(int bytes) throws MalformedElementException {
        assertThat(parse(Samples.legacy().replaceAll("<iv>.*</iv>", "<iv>" + Xml.base64(bytes) + "</iv>")).iv())
                .hasValueSatisfying(iv -> assertThat(iv.byteLength()).isEqualTo(bytes));
    }

    @Test
    void readsALegacyPayloadOfOneByte() throws MalformedElementException {
        assertThat(parse(Samples.legacy().replace(Samples.PAYLOAD, "AA==")).payload()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void readsKeyExchangesUnderEitherNameAndWritesItsOwn(Family family) throws MalformedElementException {
        for (String mark : List.of("kex='true'", "kex='1'", "prekey='true'", "prekey='1'", "kex='1' prekey='true'")) {
            assertThat(firstKey(family, mark).keyExchange()).as(mark).isTrue();
        }
        for (String mark : List.of("", "kex='false'", "kex='0'", "prekey='false'", "prekey='0'",
                "kex='0' prekey='false'")) {
            assertThat(firstKey(family, mark).keyExchange()).as(mark).isFalse();
        }
        String own = family == Family.LEGACY ? "prekey" : "kex";
        assertThat(parse(Samples.encrypted(family)).toElement().asXML()).containsOnlyOnce(own + "=\"true\"")
                .doesNotContain("false");
    }

    private static EncryptedKey firstKey(Family family, String mark) throws MalformedElementException {
        String xml = Samples.encrypted(family).replace("<key rid='31415'>", "<key " + mark + " rid='31415'>");
        return parse(xml).recipients().get(0).keys().get(0);
    }

    @ParameterizedTest
    @EnumSource
    void takesTextInAnyForm(Family family) throws MalformedElementException {
        String half = Samples.KEY.substring(0, 100);
        String rest = Samples.KEY.substring(101);
        String xml = Samples.encrypted(family)
                .replaceFirst(Samples.KEY, half + "&#65;<![CDATA[" + rest + "]]>");
        assertThat(parse(xml)).isEqualTo(parse(Samples.encrypted(family)));
        assertThat(Encrypted.parse(Xml.parseLikeOpenfire(xml), EncryptedLimits.DEFAULT))
                .isEqualTo(parse(Samples.encrypted(family)));
    }

    @ParameterizedTest
    @EnumSource
    void doesNotMindPrefixes(Family family) throws MalformedElementException {
        String xml = Samples.encrypted(family).replace("xmlns=", "xmlns:o=").replaceAll("<(/?)(\\w)", "<$1o:$2");
        assertThat(parse(xml)).isEqualTo(parse(Samples.encrypted(family)));
        assertThat(Encrypted.parse(Xml.parseLikeOpenfire(xml), EncryptedLimits.DEFAULT))
                .isEqualTo(parse(Samples.encrypted(family)));
    }

    @Test
    void doesNotMindTheOrderOfHeaderAndPayload() throws MalformedElementException {
        String xml = Samples.grouped(Family.OMEMO_2);
        String payload = "<payload>" + Samples.PAYLOAD + "</payload>";
        assertThat(parse(xml.replace(payload, "").replace("<header", payload + "<header"))).isEqualTo(parse(xml));
    }

    @Test
    void readsAnIvBeforeTheKeysAsDinoWritesIt() throws MalformedElementException {
        String iv = "<iv>AAAAAAAAAAAAAAAA</iv>";
        String xml = Samples.legacy().replace(iv, "").replace("<header sid='27183'>", "<header sid='27183'>" + iv);
        assertThat(parse(xml)).isEqualTo(parse(Samples.legacy()));
    }

    @ParameterizedTest
    @EnumSource(names = {"OMEMO_1", "OMEMO_2"})
    void allowsTheSameRidForTwoAccounts(Family family) throws MalformedElementException {
        assertThat(parse(Samples.grouped(family).replace("1337", "31415")).keyCount()).isEqualTo(3);
    }

    @Test
    void showsNoCiphertext() throws MalformedElementException {
        assertThat(parse(Samples.legacy()).toString()).doesNotContain(Samples.KEY).doesNotContain(Samples.PAYLOAD);
    }

    @Test
    void cannotBeMadeWrong() {
        Recipient legacy = new Recipient(Optional.empty(), List.of(key(1, false)));
        Recipient juliet = new Recipient(BareJid.of("juliet@capulet.lit"), List.of(key(1, false)));
        Optional<Base64Text> none = Optional.empty();
        Optional<Base64Text> block = Base64Text.of(Xml.base64(16));

        assertThat(new Encrypted(Family.LEGACY, 1, List.of(legacy), block, block)).isNotNull();
        assertThat(new Encrypted(Family.OMEMO_1, 1, List.of(juliet), none, block)).isNotNull();
        refused(() -> new Encrypted(Family.OMEMO_1, 0, List.of(juliet), none, block));
        refused(() -> new Encrypted(Family.OMEMO_1, 1, List.of(), none, block));
        refused(() -> new Encrypted(Family.OMEMO_1, 1, List.of(legacy), none, block));
        refused(() -> new Encrypted(Family.OMEMO_1, 1, List.of(juliet, juliet), none, block));
        refused(() -> new Encrypted(Family.OMEMO_1, 1, List.of(juliet), block, block));
        refused(() -> new Encrypted(Family.OMEMO_1, 1, List.of(juliet), none, Base64Text.of(Xml.base64(17))));
        refused(() -> new Encrypted(Family.LEGACY, 1, List.of(juliet), block, block));
        refused(() -> new Encrypted(Family.LEGACY, 1, List.of(legacy, legacy), block, block));
        refused(() -> new Encrypted(Family.LEGACY, 1, List.of(legacy), none, block));
        refused(() -> new Encrypted(Family.LEGACY, 1, List.of(legacy), Base64Text.of(Xml.base64(13)), none));
        refused(() -> new Encrypted(Family.LEGACY, 1, List.of(legacy), block, Base64Text.of("")));
        refused(() -> new Recipient(Optional.empty(), List.of()));
        refused(() -> new Recipient(Optional.empty(), List.of(key(1, false), key(1, true))));
        refused(() -> key(0, false));
        refused(() -> new EncryptedKey(1, false, Base64Text.of(Xml.base64(31)).orElseThrow()));
        refused(() -> new EncryptedKey(1, false, Base64Text.of(Xml.base64(1025)).orElseThrow()));
        refused(() -> new EncryptedLimits(0, 1));
    }

    private static void refused(Runnable construction) {
        assertThatThrownBy(construction::run).isInstanceOf(IllegalArgumentException.class);
    }

    private static EncryptedKey key(int rid, boolean keyExchange) {
        return new EncryptedKey(rid, keyExchange, Base64Text.of(Samples.KEY).orElseThrow());
    }

    private static Encrypted parse(String xml) throws MalformedElementException {
        return Encrypted.parse(Xml.parse(xml), EncryptedLimits.DEFAULT);
    }
}
