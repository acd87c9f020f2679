package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;
import org.igniterealtime.openfire.plugin.omemo.fuzz.UntrustedXml;

/** {@link SceContent} in both forms: what one reads is written in the other, and read as the same. */
public final class SceContentFuzz implements FuzzTarget {

    /** Small, so that the fuzzer meets them. */
    private static final SceLimits LIMITS = new SceLimits(4_096, 5, 12);

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of("""
                <content xmlns='urn:xmpp:sce:0'><payload><body xmlns='jabber:client'>Hi &amp;&#x1F995;<![CDATA[<x>]]></body>
                <x:y xmlns:x='u' a='1' x:b="2" xml:lang='de'><z xmlns=''/></x:y></payload><rpad>xxx</rpad>
                <time stamp='2026-01-02T03:04:05.123+01:00'/><to jid='rig@example.org'/><from jid='a@b/c'/></content>""",
                """
                <?xml version='1.0' encoding='utf-8'?>
                <e:envelope xmlns:e='urn:xmpp:sce:1' xmlns:c='jabber:client'><e:content><c:body c:a='b'>x<c:y/></c:body>
                <opt-out xmlns='urn:xmpp:omemo:2'><reason>r</reason></opt-out></e:content><e:rpad/></e:envelope>""",
                "<content xmlns='urn:xmpp:sce:0'><payload/><rpad/></content>")
            .map(xml -> xml.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>(UntrustedXml.WORDS);
        words.addAll(List.of("<content xmlns='urn:xmpp:sce:0'>", "<envelope xmlns='urn:xmpp:sce:1'>", "<rpad/>", "<from",
            "<to", "<time stamp='2026-01-02T03:04:05Z'/>", "<body xmlns='jabber:client'>", "<?xml version='1.0'",
            " encoding='UTF-8'", " standalone='yes'", "<!DOCTYPE a [", "<!ENTITY e 'x'>", "&e;", "xml:lang='"));
        return words;
    }

    @Override
    public boolean accepts(byte[] input) {
        // Both are asked, always.
        return accepts(input, SceForm.CONTENT) | accepts(input, SceForm.ENVELOPE);
    }

    private static boolean accepts(byte[] input, SceForm form) {
        SceContent content;
        try {
            content = SceContent.parse(input, form, LIMITS);
        } catch (MalformedElementException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
        try {
            for (SceForm other : SceForm.values()) {
                assertThat(SceContent.parse(content.toBytes(other), other)).isEqualTo(content);
            }
        } catch (MalformedElementException e) {
            throw new AssertionError("what was read cannot be read again", e);
        }
        for (ContentElement element : content.elements()) {
            assertThat(ContentElement.of(element.toElement())).isEqualTo(element);
        }
        return true;
    }
}
