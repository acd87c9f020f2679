package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plaintexts that are refused, with the flaw and its place. */
class SceFlawTest {

    private static final String VALID = "<content xmlns='urn:xmpp:sce:0'><payload><body xmlns='jabber:client'>Hi</body>"
            + "<x xmlns='u' a='1'><y/></x></payload><rpad>xxx</rpad><time stamp='2026-01-02T03:04:05Z'/>"
            + "<to jid='rig@conference.example.org'/><from jid='alice@example.org'/></content>";

    static Stream<Arguments> changes() {
        return Stream.of(
                // The outermost element.
                arguments("content ", "contents ", Flaw.WRONG_ELEMENT, "content"),
                arguments("</?content", "$0s", Flaw.WRONG_ELEMENT, "content"),
                arguments("sce:0", "sce:1", Flaw.WRONG_ELEMENT, "content"),
                arguments("<content ", "<content a='b' ", Flaw.UNEXPECTED_ATTRIBUTE, "content@*[1]"),
                arguments("<payload>", "text<payload>", Flaw.UNEXPECTED_TEXT, "content/text()"),
                arguments("<payload>", "<![CDATA[text]]><payload>", Flaw.UNEXPECTED_TEXT, "content/text()"),
                arguments("<rpad>", "<x/><rpad>", Flaw.UNEXPECTED_ELEMENT, "content/*[2]"),
                arguments("<rpad>", "<rpad xmlns='u'/><rpad>", Flaw.UNEXPECTED_ELEMENT, "content/*[2]"),
                arguments("<rpad>", "<content/><rpad>", Flaw.UNEXPECTED_ELEMENT, "content/*[2]"),
                // What must be there, once.
                arguments("<payload>.*</payload>", "", Flaw.MISSING_ELEMENT, "content/payload"),
                arguments("<rpad>.*</rpad>", "", Flaw.MISSING_ELEMENT, "content/rpad"),
                arguments("</payload>", "$0<payload/>", Flaw.DUPLICATE_ELEMENT, "content/payload[2]"),
                arguments("</rpad>", "$0<rpad/>", Flaw.DUPLICATE_ELEMENT, "content/rpad[2]"),
                arguments("<to .*?/>", "$0$0", Flaw.DUPLICATE_ELEMENT, "content/to[2]"),
                arguments("<from .*?/>", "$0$0", Flaw.DUPLICATE_ELEMENT, "content/from[2]"),
                arguments("<time .*?/>", "$0$0", Flaw.DUPLICATE_ELEMENT, "content/time[2]"),
                // What is sent.
                arguments("<payload>", "<payload a=''>", Flaw.UNEXPECTED_ATTRIBUTE, "content/payload@*[1]"),
                arguments("</payload>", "text</payload>", Flaw.UNEXPECTED_TEXT, "content/payload/text()"),
                arguments("<body xmlns='jabber:client'", "<body xmlns=''", Flaw.MISSING_NAMESPACE, "content/payload/*[1]"),
                arguments("<x xmlns='u'", "<x xmlns=''", Flaw.MISSING_NAMESPACE, "content/payload/*[2]"),
                // Affixes.
                arguments("<rpad>", "<rpad a=''>", Flaw.UNEXPECTED_ATTRIBUTE, "content/rpad@*[1]"),
                arguments("</rpad>", "<x/></rpad>", Flaw.UNEXPECTED_ELEMENT, "content/rpad/*[1]"),
                arguments(" jid='rig[^']*'", "", Flaw.MISSING_JID, "content/to@jid"),
                arguments(" jid='alice[^']*'", "", Flaw.MISSING_JID, "content/from@jid"),
                arguments("rig@", "@", Flaw.INVALID_JID, "content/to@jid"),
                arguments("rig@conference.example.org", "", Flaw.INVALID_JID, "content/to@jid"),
                arguments("alice@example.org", "/x", Flaw.INVALID_JID, "content/from@jid"),
                arguments("<to ", "<to a='' ", Flaw.UNEXPECTED_ATTRIBUTE, "content/to@*[1]"),
                arguments("<from jid", "<from xmlns:p='u' p:jid", Flaw.UNEXPECTED_ATTRIBUTE, "content/from@*[1]"),
                arguments("(<from [^/]*)/>", "$1>x</from>", Flaw.UNEXPECTED_TEXT, "content/from/text()"),
                arguments("(<to [^/]*)/>", "$1><x/></to>", Flaw.UNEXPECTED_ELEMENT, "content/to/*[1]"),
                arguments("(<time [^/]*)/>", "$1>x</time>", Flaw.UNEXPECTED_TEXT, "content/time/text()"),
                arguments(" stamp='[^']*'", "", Flaw.MISSING_STAMP, "content/time@stamp"),
                arguments(" stamp='[^']*'", " stamp='yesterday'", Flaw.INVALID_STAMP, "content/time@stamp"),
                arguments("<time ", "<time a='' ", Flaw.UNEXPECTED_ATTRIBUTE, "content/time@*[1]"),
                // Nodes that XMPP does not have.
                arguments("^", "<!DOCTYPE content>", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("^", " \n<!DOCTYPE content SYSTEM 'file:///etc/passwd'>", Flaw.UNEXPECTED_NODE,
                        "content/node()"),
                arguments("^", "<?xml version='1.0'?><!DOCTYPE content [", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("^", "<!DOCTYPE c [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", Flaw.UNEXPECTED_NODE,
                        "content/node()"),
                arguments("^", "<!-- c -->", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("^", "<?p i?>", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("$", "<!-- c -->", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("$", "<?p i?>", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("<payload>", "<!-- c --><payload>", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("<y/>", "<y><!-- c --></y>", Flaw.UNEXPECTED_NODE, "content/payload/*[2]/node()"),
                arguments("<y/>", "<?p i?>", Flaw.UNEXPECTED_NODE, "content/payload/*[2]/node()"),
                arguments("<y/>", "&e;", Flaw.UNEXPECTED_NODE, "content/payload/*[2]/node()"),
                arguments("xxx", "x<?p i?>x", Flaw.UNEXPECTED_NODE, "content/rpad/node()"),
                // No XML, or not this one.
                arguments(".*", "", Flaw.NOT_XML, "content"),
                arguments(".*", "Hi", Flaw.NOT_XML, "content"),
                arguments("^", "\ufeff", Flaw.NOT_XML, "content"),
                arguments("^", "<?xml version='1.1'?>", Flaw.NOT_XML, "content"),
                arguments("^", "<?xml version='1.0' encoding='ISO-8859-1'?>", Flaw.NOT_XML, "content"),
                arguments("^", "<?xml version='1.0'", Flaw.UNEXPECTED_NODE, "content/node()"),
                arguments("$", "<x/>", Flaw.NOT_XML, "content"),
                arguments("$", "<!DOCTYPE content>", Flaw.NOT_XML, "content"),
                arguments("$", "text", Flaw.NOT_XML, "content"),
                arguments("</content>", "", Flaw.NOT_XML, "content"),
                arguments("</payload>", "", Flaw.NOT_XML, "content/payload"),
                arguments("<y/>", "<p:y/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<:y/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<y :a=''/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<y xmlns:p=''/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<y xmlns:p='v' xmlns:q='v' p:a='' q:a=''/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<y a='' a=''/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<y a='&e;'/>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "<![CDATA[", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "]]>", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "&#0;", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "&#xD800;", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "\u001f", Flaw.NOT_XML, "content/payload/*[2]"),
                arguments("<y/>", "\uffff", Flaw.NOT_XML, "content/payload/*[2]"));
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @MethodSource("changes")
    void isToldWithItsPlace(String before, String after, Flaw flaw, String where) {
        String xml = before.contains("</?") ? VALID.replaceAll(before, after) : VALID.replaceFirst(before, after);
        assertThat(xml).isNotEqualTo(VALID);
        MalformedElementException malformed = malformed(xml.getBytes(StandardCharsets.UTF_8), SceLimits.DEFAULT);
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void isNotInWhatTheChangesBeginWith() throws MalformedElementException {
        assertThat(SceContent.parse(VALID.getBytes(StandardCharsets.UTF_8), SceForm.CONTENT).body()).contains("Hi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void isEveryOtherEncoding(String charset) {
        byte[] bytes = VALID.replace("Hi", "\u00fc").getBytes(Charset.forName(charset));
        assertThat(malformed(bytes, SceLimits.DEFAULT).flaw()).isIn(Flaw.NOT_UTF8, Flaw.NOT_XML);
    }

    @Test
    void isUtf8WithSurrogatesOrLongerThanNeeded() {
        assertThat(malformed(new byte[] {'<', (byte) 0xc0, (byte) 0xbc}, SceLimits.DEFAULT).flaw())
                .isEqualTo(Flaw.NOT_UTF8);
        assertThat(malformed(new byte[] {'<', (byte) 0xed, (byte) 0xa0, (byte) 0x80}, SceLimits.DEFAULT).flaw())
                .isEqualTo(Flaw.NOT_UTF8);
    }

    @Test
    void isTheOtherForm() {
        SceContent content = SceContent.ofBody("Hi", "", Optional.empty(), Optional.empty(), Optional.empty());
        for (SceForm form : SceForm.values()) {
            SceForm other = form == SceForm.CONTENT ? SceForm.ENVELOPE : SceForm.CONTENT;
            MalformedElementException malformed = catchThrowableOfType(MalformedElementException.class,
                    () -> SceContent.parse(content.toBytes(other), form));
            assertThat(malformed.flaw()).isEqualTo(Flaw.WRONG_ELEMENT);
            assertThat(malformed.where()).isEqualTo(form.element());
        }
    }

    @Test
    void isCountedByItsLimits() throws MalformedElementException {
        byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
        assertThat(SceContent.parse(bytes, SceForm.CONTENT, new SceLimits(bytes.length, 2, 3)).elements()).hasSize(2);
        assertLimit(malformed(bytes, new SceLimits(bytes.length - 1, 2, 3)), Flaw.TOO_LARGE, "content", bytes.length);
        assertLimit(malformed(bytes, new SceLimits(bytes.length, 1, 3)), Flaw.TOO_DEEP, "content/payload/*[2]", 2);
        assertLimit(malformed(bytes, new SceLimits(bytes.length, 2, 2)), Flaw.TOO_MANY_ELEMENTS, "content/payload/*[2]",
                3);
    }

    private static void assertLimit(MalformedElementException malformed, Flaw flaw, String where, int value) {
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
        assertThat(malformed.value()).hasValue(value);
        assertThat(malformed.limit()).hasValue(value - 1);
    }

    private static MalformedElementException malformed(byte[] plaintext, SceLimits limits) {
        return catchThrowableOfType(MalformedElementException.class,
                () -> SceContent.parse(plaintext, SceForm.CONTENT, limits));
    }
}
