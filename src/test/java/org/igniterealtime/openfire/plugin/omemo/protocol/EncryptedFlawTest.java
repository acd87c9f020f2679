package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to break an {@code <encrypted>}, one change to a valid one at a time. */
class EncryptedFlawTest {

    private static final EncryptedLimits LIMITS = EncryptedLimits.DEFAULT;

    /** Family, what is replaced, by what, the flaw, the place. */
    static Stream<Arguments> changes() {
        String key = Samples.KEY;
        String payload = Samples.PAYLOAD;
        String header = "encrypted/header";
        String firstKey = header + "/keys[1]/key[1]";
        String legacyKey = header + "/key[1]";
        return Stream.of(
                // the element itself
                both("xmlns='NS'", "xmlns='urn:xmpp:omemo:0'", Flaw.UNKNOWN_NAMESPACE, "encrypted"),
                both("xmlns='NS'", "", Flaw.UNKNOWN_NAMESPACE, "encrypted"),
                both("(?s)<encrypted(.*)encrypted>", "<Encrypted$1Encrypted>", Flaw.WRONG_ELEMENT, "encrypted"),
                both("xmlns='NS'", "xmlns='NS' type='x'", Flaw.UNEXPECTED_ATTRIBUTE, "encrypted@*[1]"),
                both("xmlns='NS'", "xmlns='NS' xml:lang='x'", Flaw.UNEXPECTED_ATTRIBUTE, "encrypted@*[1]"),
                both("xmlns='NS'", "xmlns='NS' xmlns:x='y'", Flaw.UNEXPECTED_NAMESPACE, "encrypted@xmlns:*"),
                both("<header", "text<header", Flaw.UNEXPECTED_TEXT, "encrypted/text()"),
                both("<header", "<![CDATA[text]]><header", Flaw.UNEXPECTED_TEXT, "encrypted/text()"),
                both("<header", "\u00a0<header", Flaw.UNEXPECTED_TEXT, "encrypted/text()"),
                both("<header", "<!--text--><header", Flaw.UNEXPECTED_NODE, "encrypted/node()"),
                both("<header", "<?text text?><header", Flaw.UNEXPECTED_NODE, "encrypted/node()"),
                both("<header", "<body/><header", Flaw.UNEXPECTED_ELEMENT, "encrypted/*[1]"),
                both("</header>", "</header><encrypted/>", Flaw.UNEXPECTED_ELEMENT, "encrypted/*[2]"),
                both("</header>", "</header><header sid='1'/>", Flaw.DUPLICATE_ELEMENT, "encrypted/header[2]"),
                both("</encrypted>", "<payload>AAAA</payload></encrypted>",
                        Flaw.DUPLICATE_ELEMENT, "encrypted/payload[2]"),
                both("(?s)<header.*</header>", "", Flaw.MISSING_HEADER, "encrypted"),
                both("<header", "<header xmlns='urn:x'", Flaw.UNEXPECTED_ELEMENT, "encrypted/*[1]"),
                change(Family.OMEMO_2, "<header", "<header xmlns='urn:xmpp:omemo:1'",
                        Flaw.UNEXPECTED_ELEMENT, "encrypted/*[1]"),

                // sid
                both(" sid='27183'", "", Flaw.MISSING_SID, "encrypted/header@sid"),
                sid("", Flaw.SID_NOT_DECIMAL), sid("-1", Flaw.SID_NOT_DECIMAL), sid("+1", Flaw.SID_NOT_DECIMAL),
                sid("01", Flaw.SID_NOT_DECIMAL), sid("1 ", Flaw.SID_NOT_DECIMAL), sid("1.0", Flaw.SID_NOT_DECIMAL),
                sid("0x1", Flaw.SID_NOT_DECIMAL), sid("\u0661", Flaw.SID_NOT_DECIMAL), sid("x", Flaw.SID_NOT_DECIMAL),
                sid("99999999999999999999x", Flaw.SID_NOT_DECIMAL),
                sid("0", Flaw.SID_OUT_OF_RANGE), sid("2147483648", Flaw.SID_OUT_OF_RANGE),
                sid("4294967297", Flaw.SID_OUT_OF_RANGE), sid("18446744073709551617", Flaw.SID_OUT_OF_RANGE),
                both(" sid=", " xml:lang='x' sid=", Flaw.UNEXPECTED_ATTRIBUTE, "encrypted/header@*[1]"),
                both(" sid=", " xmlns:x='y' sid=", Flaw.UNEXPECTED_NAMESPACE, "encrypted/header@xmlns:*"),
                both(" sid=", " xmlns:x='y' x:sid='1' sid=", Flaw.UNEXPECTED_ATTRIBUTE, "encrypted/header@*[1]"),

                // rid
                rid("rid='0'", Flaw.RID_OUT_OF_RANGE), rid("rid='2147483648'", Flaw.RID_OUT_OF_RANGE),
                rid("rid='-1'", Flaw.RID_NOT_DECIMAL), rid("rid='+1'", Flaw.RID_NOT_DECIMAL),
                rid("rid='01'", Flaw.RID_NOT_DECIMAL), rid("rid='1 '", Flaw.RID_NOT_DECIMAL),
                rid("rid='\u0967'", Flaw.RID_NOT_DECIMAL), rid("rid=''", Flaw.RID_NOT_DECIMAL),
                rid("", Flaw.MISSING_RID),
                change(Family.LEGACY, "12321", "31415", Flaw.DUPLICATE_RID, header + "/key[2]@rid"),
                change(Family.OMEMO_1, "12321", "1337", Flaw.DUPLICATE_RID, header + "/keys[2]/key[2]@rid"),

                // keys
                legacy("(?s)<key .*</key>", "", Flaw.NO_KEYS, header),
                grouped("(?s)<keys.*</keys>", "", Flaw.NO_KEYS, header),
                grouped("(?s)<key rid='1337'.*?</keys>", "</keys>", Flaw.NO_KEYS, header + "/keys[2]"),
                legacy("<key rid", "<key kex='true' prekey='0' rid", Flaw.CONTRADICTORY_KEY_EXCHANGE, legacyKey),
                grouped("<key rid", "<key kex='yes' rid", Flaw.INVALID_KEY_EXCHANGE, firstKey + "@kex"),
                grouped("<key rid", "<key kex='True' rid", Flaw.INVALID_KEY_EXCHANGE, firstKey + "@kex"),
                grouped("<key rid", "<key prekey='' rid", Flaw.INVALID_KEY_EXCHANGE, firstKey + "@prekey"),
                grouped("<key rid='31415'", "<key rid='31415' x='y'", Flaw.UNEXPECTED_ATTRIBUTE, firstKey + "@*[2]"),
                grouped("<key rid", "<key xmlns:x='y' rid", Flaw.UNEXPECTED_NAMESPACE, firstKey + "@xmlns:*"),
                grouped("<key rid", "<key xmlns='urn:x' rid", Flaw.UNEXPECTED_ELEMENT, header + "/keys[1]/*[1]"),
                grouped("<key rid", "<iv/><key rid", Flaw.UNEXPECTED_ELEMENT, header + "/keys[1]/*[1]"),
                grouped("</header>", "<iv>AAAAAAAAAAAAAAAA</iv></header>", Flaw.UNEXPECTED_ELEMENT, header + "/*[3]"),
                grouped("</header>", "<key rid='1'/></header>", Flaw.UNEXPECTED_ELEMENT, header + "/*[3]"),
                grouped("</keys>", "text</keys>", Flaw.UNEXPECTED_TEXT, header + "/keys[1]/text()"),
                grouped("</keys>", "<!--text--></keys>", Flaw.UNEXPECTED_NODE, header + "/keys[1]/node()"),
                legacy("</header>", "<keys jid='a@b'/></header>", Flaw.UNEXPECTED_ELEMENT, header + "/*[4]"),

                // jid
                grouped(" jid='juliet@capulet.lit'", "", Flaw.MISSING_JID, header + "/keys[1]@jid"),
                grouped("romeo@montague.lit", "romeo@montague.lit/orchard", Flaw.INVALID_JID, header + "/keys[2]@jid"),
                grouped("romeo@montague.lit", "", Flaw.INVALID_JID, header + "/keys[2]@jid"),
                grouped("romeo@montague.lit", "juliet@capulet.lit", Flaw.DUPLICATE_JID, header + "/keys[2]@jid"),
                grouped("romeo@montague.lit", "Juliet@CAPULET.lit", Flaw.DUPLICATE_JID, header + "/keys[2]@jid"),
                grouped("<keys jid", "<keys x='y' jid", Flaw.UNEXPECTED_ATTRIBUTE, header + "/keys[1]@*[1]"),

                // what the keys hold
                keyText("", Flaw.IMPLAUSIBLE_LENGTH), keyText(Xml.base64(31), Flaw.IMPLAUSIBLE_LENGTH),
                keyText(Xml.base64(1025), Flaw.IMPLAUSIBLE_LENGTH), keyText(Xml.base64(9999), Flaw.IMPLAUSIBLE_LENGTH),
                keyText(key.replace("=", ""), Flaw.INVALID_BASE64), keyText(" " + key, Flaw.INVALID_BASE64),
                keyText(key + "\n", Flaw.INVALID_BASE64), keyText(key.replace("A=", "B="), Flaw.INVALID_BASE64),
                keyText(key.substring(0, 76) + "\n" + key.substring(76), Flaw.INVALID_BASE64),
                keyText("-_" + key.substring(2), Flaw.INVALID_BASE64),
                keyText("b64/encoded/data", Flaw.IMPLAUSIBLE_LENGTH),
                grouped(key, key + "<!--text-->", Flaw.UNEXPECTED_NODE, firstKey + "/node()"),
                grouped(key, key + "<?text?>", Flaw.UNEXPECTED_NODE, firstKey + "/node()"),
                grouped(key, key + "<x/>", Flaw.UNEXPECTED_ELEMENT, firstKey + "/*[1]"),

                // iv
                legacy("<iv>.*</iv>", "", Flaw.MISSING_IV, header),
                legacy("<iv>.*</iv>", "<iv/>", Flaw.IMPLAUSIBLE_LENGTH, header + "/iv"),
                legacy("<iv>.*</iv>", "<iv>" + Xml.base64(13) + "</iv>", Flaw.IMPLAUSIBLE_LENGTH, header + "/iv"),
                legacy("<iv>.*</iv>", "<iv>" + Xml.base64(18) + "</iv>", Flaw.IMPLAUSIBLE_LENGTH, header + "/iv"),
                legacy("<iv>", "<iv x='y'>", Flaw.UNEXPECTED_ATTRIBUTE, header + "/iv@*[1]"),
                legacy("</iv>", "</iv><iv/>", Flaw.DUPLICATE_ELEMENT, header + "/iv[2]"),

                // payload
                both("<payload>.*</payload>", "<payload/>", Flaw.EMPTY_PAYLOAD, "encrypted/payload"),
                both("<payload>.*</payload>", "<payload></payload>", Flaw.EMPTY_PAYLOAD, "encrypted/payload"),
                both("<payload>.*</payload>", "<payload> </payload>", Flaw.INVALID_BASE64, "encrypted/payload"),
                both("<payload>.*</payload>", "<payload><!--text--></payload>",
                        Flaw.UNEXPECTED_NODE, "encrypted/payload/node()"),
                both("<payload>", "<payload x='y'>", Flaw.UNEXPECTED_ATTRIBUTE, "encrypted/payload@*[1]"),
                both("<payload>.*</payload>", "<payload>see you at five</payload>",
                        Flaw.INVALID_BASE64, "encrypted/payload"),
                both(payload, Xml.base64(LIMITS.maxPayloadBytes() + 1), Flaw.PAYLOAD_TOO_LONG, "encrypted/payload"),
                both(payload, Xml.base64(LIMITS.maxPayloadBytes() + 16), Flaw.PAYLOAD_TOO_LONG, "encrypted/payload"),
                grouped(payload, Xml.base64(1), Flaw.SHORT_PAYLOAD, "encrypted/payload"),
                grouped(payload, Xml.base64(15), Flaw.SHORT_PAYLOAD, "encrypted/payload"),
                grouped(payload, Xml.base64(17), Flaw.UNALIGNED_PAYLOAD, "encrypted/payload")
        ).flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}: {3}")
    @MethodSource("changes")
    void isNamedAndPlaced(Family family, String before, String after, Flaw flaw, String where) {
        String valid = Samples.encrypted(family);
        String namespace = family.namespace();
        String xml = valid.replaceFirst(before.replace("NS", namespace), after.replace("NS", namespace));
        assertThat(xml).isNotEqualTo(valid);

        MalformedElementException malformed = malformed(Xml.parse(xml), LIMITS);
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
        assertThat(malformed).hasMessageStartingWith(where + ": " + flaw.phrase());
        assertThat(malformed.getStackTrace()).isEmpty();
    }

    @Test
    void tellsTheNumbersBehindIt() {
        Element element = Xml.parse(Samples.grouped(Family.OMEMO_2).replace(Samples.PAYLOAD, Xml.base64(15)));
        MalformedElementException malformed = malformed(element, LIMITS);
        assertThat(malformed.value()).hasValue(15);
        assertThat(malformed.limit()).hasValue(16);
        assertThat(malformed)
                .hasMessage("encrypted/payload: the payload is shorter than a cipher block (15, limit 16)");

        MalformedElementException numberless = malformed(DocumentHelper.createElement("encrypted"), LIMITS);
        assertThat(numberless.value()).isEmpty();
        assertThat(numberless.limit()).isEmpty();
        assertThat(numberless).hasMessage("encrypted: not in a namespace of OMEMO");
    }

    @Test
    void isAPathThatBeginsAtTheElementWhereverThatStands() {
        String message = "<message xmlns='jabber:client'>" + Samples.legacy().replace("31415", "0") + "</message>";
        Element element = Xml.parse(message).elements().get(0);
        assertThat(malformed(element, LIMITS).where()).isEqualTo("encrypted/header/key[1]@rid");
    }

    @Test
    void isMoreKeysThanTheLimitInOneHeaderOrOverAllRecipients() throws MalformedElementException {
        Encrypted.parse(manyKeys(Family.LEGACY, 1, 2_000), LIMITS);
        Encrypted.parse(manyKeys(Family.OMEMO_2, 1_000, 2), LIMITS);

        MalformedElementException flat = malformed(manyKeys(Family.LEGACY, 1, 50_000), LIMITS);
        assertThat(flat.flaw()).isEqualTo(Flaw.TOO_MANY_KEYS);
        assertThat(flat.where()).isEqualTo("encrypted/header/key[2001]");
        assertThat(flat.value()).hasValue(2_001);
        assertThat(flat.limit()).hasValue(2_000);

        MalformedElementException grouped = malformed(manyKeys(Family.OMEMO_2, 5_000, 2), LIMITS);
        assertThat(grouped.flaw()).isEqualTo(Flaw.TOO_MANY_KEYS);
        assertThat(grouped.where()).isEqualTo("encrypted/header/keys[1001]/key[1]");
    }

    @Test
    void isAPayloadAboveTheLimitOnly() throws MalformedElementException {
        EncryptedLimits exact = new EncryptedLimits(10, 64);
        Encrypted.parse(Xml.parse(Samples.legacy()), exact);
        MalformedElementException malformed = malformed(Xml.parse(Samples.legacy()), new EncryptedLimits(10, 63));
        assertThat(malformed.flaw()).isEqualTo(Flaw.PAYLOAD_TOO_LONG);
        assertThat(malformed.value()).hasValue(64);
        assertThat(malformed.limit()).hasValue(63);
    }

    private static Element manyKeys(Family family, int recipients, int keysEach) {
        StringBuilder keys = new StringBuilder();
        for (int i = 1; i <= recipients; i++) {
            keys.append(family == Family.LEGACY ? "" : "<keys jid='user" + i + "@example.org'>");
            for (int rid = 1; rid <= keysEach; rid++) {
                keys.append("<key rid='").append(rid).append("'>").append(Samples.KEY).append("</key>");
            }
            keys.append(family == Family.LEGACY ? "" : "</keys>");
        }
        return Xml.parse("<encrypted xmlns='" + family.namespace() + "'><header sid='1'>" + keys
                + "</header></encrypted>");
    }

    private static MalformedElementException malformed(Element element, EncryptedLimits limits) {
        return catchThrowableOfType(MalformedElementException.class, () -> Encrypted.parse(element, limits));
    }

    private static Stream<Arguments> change(Family family, String before, String after, Flaw flaw, String where) {
        return Stream.of(arguments(family, before, after, flaw, where));
    }

    private static Stream<Arguments> legacy(String before, String after, Flaw flaw, String where) {
        return change(Family.LEGACY, before, after, flaw, where);
    }

    private static Stream<Arguments> grouped(String before, String after, Flaw flaw, String where) {
        return Stream.of(arguments(Family.OMEMO_1, before, after, flaw, where),
                arguments(Family.OMEMO_2, before, after, flaw, where));
    }

    private static Stream<Arguments> both(String before, String after, Flaw flaw, String where) {
        return Stream.concat(legacy(before, after, flaw, where), grouped(before, after, flaw, where));
    }

    private static Stream<Arguments> sid(String value, Flaw flaw) {
        return both("27183", value, flaw, "encrypted/header@sid");
    }

    private static Stream<Arguments> rid(String attribute, Flaw flaw) {
        return Stream.concat(legacy("rid='31415'", attribute, flaw, "encrypted/header/key[1]@rid"),
                grouped("rid='31415'", attribute, flaw, "encrypted/header/keys[1]/key[1]@rid"));
    }

    private static Stream<Arguments> keyText(String text, Flaw flaw) {
        return Stream.concat(legacy(Samples.KEY, text, flaw, "encrypted/header/key[1]"),
                grouped(Samples.KEY, text, flaw, "encrypted/header/keys[1]/key[1]"));
    }
}
