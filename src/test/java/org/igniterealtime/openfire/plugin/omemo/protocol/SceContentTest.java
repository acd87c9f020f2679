package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SceContentTest {

    private static final BareJid ROMEO = BareJid.of("romeo@montague.lit").orElseThrow();
    private static final BareJid JULIET = BareJid.of("juliet@capulet.lit").orElseThrow();
    private static final BareJid ROOM = BareJid.of("balcony@rooms.capulet.lit").orElseThrow();
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

    static Stream<Arguments> vectors() {
        return Stream.of(SceForm.values()).flatMap(form -> Stream.of("plaintext_utf8", "sce_plaintext_utf8")
                .flatMap(name -> Xml.vectors(file(form), name).stream())
                .map(plaintext -> arguments(form, plaintext)));
    }

    private static String file(SceForm form) {
        return form == SceForm.CONTENT ? "vectors-omemo1.json" : "vectors-omemo2.json";
    }

    @Test
    void thereAreVectors() {
        // One each for the payload and the stanza, 12 messages of the session, and the empty message of 0.4.
        assertThat(vectors()).hasSize(2 * (2 + 12) + 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsTheVectorsAndWritesTheirBytes(SceForm form, String plaintext) throws MalformedElementException {
        byte[] bytes = utf8(plaintext);
        SceContent content = SceContent.parse(bytes, form);
        assertThat(new String(content.toBytes(form), StandardCharsets.UTF_8)).isEqualTo(plaintext);
        assertThat(content.body().isPresent()).isNotEqualTo(content.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void readsTheStanzaOfTheVectors(SceForm form) throws MalformedElementException {
        SceContent content = SceContent.parse(utf8(Xml.vectors(file(form), "plaintext_utf8").get(1)), form);
        assertThat(content.body()).contains("Hallo Gruppe \u2013 \u00fcn\u00ef \u2713 & <tag>");
        assertThat(content.rpad()).isEqualTo("r".repeat(20));
        assertThat(content.from()).isEqualTo(BareJid.of("alice@example.org"));
        assertThat(content.to()).isEqualTo(BareJid.of("rig@conference.example.org"));
        assertThat(content.time()).contains(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void recognisesTheEmptyMessageOfTheVectors() throws MalformedElementException {
        List<String> plaintexts = Xml.vectors("vectors-omemo1.json", "sce_plaintext_utf8");
        SceContent content = SceContent.parse(utf8(plaintexts.get(plaintexts.size() - 1)), SceForm.CONTENT);
        assertThat(content.isEmpty()).isTrue();
        assertThat(content.body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void writesAnEmptyMessageWhoseAffixesStay(SceForm form) throws MalformedElementException {
        SceContent empty = new SceContent(List.of(), "", Optional.of(ROMEO), Optional.of(ROOM), Optional.empty());
        SceContent read = SceContent.parse(empty.toBytes(form), form);
        assertThat(read).isEqualTo(empty);
        assertThat(read.isEmpty()).isTrue();
    }

    @Test
    void readsTheExampleOfTheXep() throws MalformedElementException {
        SceContent content = SceContent.parse(utf8("""
                <content xmlns='urn:xmpp:sce:0'>
                  <payload>
                    <body xmlns='jabber:client'>
                     Hello World!
                    </body>
                  </payload>
                  <rpad>...</rpad>
                  <from jid='romeo@montague.lit'/>
                </content>"""), SceForm.CONTENT);
        assertThat(content.body()).contains("\n     Hello World!\n    ");
        assertThat(content.from()).contains(ROMEO);
        assertThat(content.to()).isEmpty();
        assertThat(content.time()).isEmpty();
    }

    @Test
    void readsWhatPythonWritesWithAllNamespacesOnTheOutside() throws MalformedElementException {
        SceContent content = SceContent.parse(utf8("""
                <?xml version='1.0' encoding='utf-8'?>
                <ns0:envelope xmlns:ns0="urn:xmpp:sce:1" xmlns:ns1="jabber:client" xmlns:ns2="urn:xmpp:reactions:0">\
                <ns0:content><ns1:body>Hi</ns1:body><ns2:reactions id="1"><ns2:reaction>\ud83d\udc4b</ns2:reaction>\
                </ns2:reactions></ns0:content><ns0:rpad /><ns0:from jid="romeo@montague.lit" /></ns0:envelope>"""),
                SceForm.ENVELOPE);
        assertThat(content.body()).contains("Hi");
        assertThat(content.elements()).extracting(ContentElement::xml).containsExactly(
                "<ns1:body xmlns:ns1='jabber:client'>Hi</ns1:body>",
                "<ns2:reactions xmlns:ns2='urn:xmpp:reactions:0' id='1'><ns2:reaction>\ud83d\udc4b</ns2:reaction>"
                        + "</ns2:reactions>");
        assertThat(SceContent.parse(content.toBytes(SceForm.CONTENT), SceForm.CONTENT)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void carriesABodyAndTheAffixes(SceForm form) throws MalformedElementException {
        String body = "1 < 2 & ]]> '\"\r\n\t \ud83e\udd95\u00e9\u0085\u2028";
        SceContent content = SceContent.ofBody(body, "<&>\r", Optional.of(ROMEO), Optional.of(JULIET),
                Optional.of(TIME));
        SceContent read = SceContent.parse(content.toBytes(form), form);
        assertThat(read).isEqualTo(content);
        assertThat(read.body()).contains(body);
        assertThat(read.rpad()).isEqualTo("<&>\r");
        assertThat(read.time()).contains(TIME);
    }

    @Test
    void takesTheAccountOfAFullAddress() throws MalformedElementException {
        SceContent content = SceContent.parse(utf8("<envelope xmlns='urn:xmpp:sce:1'><content/><rpad/>"
                + "<from jid='Romeo@montague.lit/orchard'/><to jid='juliet@capulet.lit/a/b@c'/></envelope>"),
                SceForm.ENVELOPE);
        assertThat(content.from()).contains(ROMEO);
        assertThat(content.to()).contains(JULIET);
    }

    @Test
    void readsPaddingOfAnyLength() throws MalformedElementException {
        SceContent content = new SceContent(List.of(), "x".repeat(100_000), Optional.empty(), Optional.empty(),
                Optional.empty());
        assertThat(SceContent.parse(content.toBytes(SceForm.CONTENT), SceForm.CONTENT)).isEqualTo(content);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                arguments(ROMEO, ROOM, Delivery.inRoom(ROMEO, ROOM), Set.of(), false),
                arguments(ROMEO, JULIET, Delivery.toAccount(ROMEO, JULIET), Set.of(), false),
                arguments(ROMEO, null, Delivery.toAccount(ROMEO, JULIET), Set.of(), false),
                arguments(null, ROOM, Delivery.inRoom(ROMEO, ROOM), Set.of(AffixFault.FROM_MISSING), false),
                // A message for a room that the server delivers as a private one, and the other way round.
                arguments(ROMEO, ROOM, Delivery.toAccount(ROMEO, JULIET), Set.of(AffixFault.TO_MISMATCH), true),
                arguments(ROMEO, JULIET, Delivery.inRoom(ROMEO, ROOM), Set.of(AffixFault.TO_MISMATCH), true),
                arguments(ROMEO, null, Delivery.inRoom(ROMEO, ROOM), Set.of(AffixFault.TO_MISSING), true),
                // Somebody else's words.
                arguments(JULIET, ROOM, Delivery.inRoom(ROMEO, ROOM), Set.of(AffixFault.FROM_MISMATCH), true),
                arguments(JULIET, JULIET, Delivery.toAccount(ROMEO, JULIET), Set.of(AffixFault.FROM_MISMATCH), true),
                arguments(JULIET, null, Delivery.inRoom(ROMEO, ROOM),
                        Set.of(AffixFault.FROM_MISMATCH, AffixFault.TO_MISSING), true),
                arguments(null, JULIET, Delivery.inRoom(ROMEO, ROOM),
                        Set.of(AffixFault.FROM_MISSING, AffixFault.TO_MISMATCH), true));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsWhichAffixesAreWrong(BareJid from, BareJid to, Delivery delivery, Set<AffixFault> faults, boolean fatal) {
        SceContent content = SceContent.ofBody("Hi", "", Optional.ofNullable(from), Optional.ofNullable(to),
                Optional.empty());
        assertThat(content.faults(delivery)).isEqualTo(faults);
        assertThat(content.faults(delivery).stream().anyMatch(AffixFault::isFatal)).isEqualTo(fatal);
    }

    @Test
    void isWrittenInTheFormOfTheFamily() {
        assertThat(SceForm.of(Family.LEGACY)).isEmpty();
        assertThat(SceForm.of(Family.OMEMO_1)).contains(SceForm.CONTENT);
        assertThat(SceForm.of(Family.OMEMO_2)).contains(SceForm.ENVELOPE);
    }

    @Test
    void doesNotShowWhatItHolds() {
        SceContent content = SceContent.ofBody("secret", "rpad", Optional.of(ROMEO), Optional.of(JULIET),
                Optional.of(TIME));
        assertThat(content).hasToString("content of 1 elements");
        assertThat(content.elements()).hasToString("[element of 41 characters]");
    }

    @Test
    void cannotBeMadeWrong() {
        BareJid noncharacter = BareJid.of("a\uffffb@c").orElseThrow();
        refused(() -> make("\u0000", "", ROMEO, TIME));
        refused(() -> make("\ud800", "", ROMEO, TIME));
        refused(() -> make("\uffff", "", ROMEO, TIME));
        refused(() -> make("", "\u001b", ROMEO, TIME));
        refused(() -> make("", "", noncharacter, TIME));
        refused(() -> make("", "", ROMEO, Instant.parse("-0001-12-31T23:59:59Z")));
        refused(() -> make("", "", ROMEO, Instant.parse("+10000-01-01T00:00:00Z")));
        assertThat(make("", "", ROMEO, Instant.parse("9999-12-31T23:59:59.999999999Z"))).isNotNull();
    }

    private static SceContent make(String body, String rpad, BareJid from, Instant time) {
        return SceContent.ofBody(body, rpad, Optional.of(from), Optional.empty(), Optional.of(time));
    }

    private static void refused(Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run);
    }

    private static byte[] utf8(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }
}
