package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid plaintexts, changed at random and often, byte by byte: each is read, or refused in words that are ours. */
class SceMutationTest {

    private static final int ROUNDS = 20_000;
    private static final List<String> TOKENS = List.of("<", "</", "/>", ">", "<!", "<![CDATA[", "]]>", "<?", "?>", "<!--",
            "-->", "&", "&#", "&#x", ";", "'", "\"", "=", " ", "\r\n", "xmlns", "xmlns:", "xml:", "<?xml version='1.0'?>",
            "<!DOCTYPE a [", "<!ENTITY", "]", "%", "\0", "\ud83e\udd95", "\u2028", "&amp;", "a:", "version='1.1'",
            "standalone='yes'", "planted", "<planted/>");
    private static final String WHERE = "(content|envelope)(/(payload|content|rpad|from|to|time)(\\[2])?)?(/\\*\\[\\d+])?"
            + "(/(node|text)\\(\\))?(@(jid|stamp|\\*\\[\\d+]))?";

    private static final String PLAIN = "<content xmlns='urn:xmpp:sce:0'><payload><body xmlns='jabber:client'>Hi &amp;"
            + "&#x1F995;<![CDATA[<x>]]></body><x:y xmlns:x='u' a='1' x:b=\"2\" xml:lang='de'><z xmlns=''/></x:y></payload>"
            + "<rpad>xxx</rpad><time stamp='2026-01-02T03:04:05.123+01:00'/><to jid='rig@example.org'/>"
            + "<from jid='a@b/c'/></content>";
    private static final String PREFIXED = "<?xml version='1.0' encoding='utf-8'?>\n<e:content xmlns:e='urn:xmpp:sce:0' "
            + "xmlns:c='jabber:client'><e:payload><c:body c:a='b'>x<c:y/></c:body></e:payload><e:rpad/></e:content>";

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, PREFIXED})
    void yieldsContentsOrFlaws(String valid) {
        Random random = new Random(valid.length());
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes = change(bytes, random);
            }
            if (isReadOrRefused(bytes)) {
                read++;
            }
        }
        assertThat(read).isBetween(ROUNDS / 50, ROUNDS / 2);
    }

    private static boolean isReadOrRefused(byte[] bytes) {
        String shown = new String(bytes, StandardCharsets.UTF_8);
        SceContent content;
        try {
            content = SceContent.parse(bytes, SceForm.CONTENT);
        } catch (MalformedElementException e) {
            assertThat(e.where()).as(shown).matches(WHERE);
            assertThat(e.getMessage()).doesNotContain("planted");
            return false;
        }
        try {
            assertThat(SceContent.parse(content.toBytes(SceForm.ENVELOPE), SceForm.ENVELOPE)).as(shown)
                    .isEqualTo(content);
        } catch (MalformedElementException e) {
            throw new AssertionError(shown, e);
        }
        assertThat(content.elements()).as(shown)
                .allSatisfy(element -> assertThat(ContentElement.of(element.toElement())).isEqualTo(element));
        return true;
    }

    private static byte[] change(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {'<'};
        }
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(8));
        return switch (random.nextInt(6)) {
            case 0 -> {
                bytes[at] = (byte) random.nextInt(256);
                yield bytes;
            }
            case 1 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                yield bytes;
            }
            case 2 -> splice(bytes, at, end, new byte[0]);
            case 3 -> splice(bytes, at, at, token(random));
            case 4 -> splice(bytes, at, end, token(random));
            default -> {
                int from = random.nextInt(bytes.length);
                yield splice(bytes, at, at,
                        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(60))));
            }
        };
    }

    private static byte[] token(Random random) {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }
}
