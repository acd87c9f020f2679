package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.dom4j.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptOutTest {

    /** As in the XEP, with the padding that its example leaves out. */
    private static final String EXAMPLE = """
            <content xmlns='urn:xmpp:sce:0'>
              <payload>
                <opt-out xmlns='urn:xmpp:omemo:1'>
                  <reason>
                    Sorry, but for compliance reasons I need a permanent,
                    server-side, record of our conversation.
                  </reason>
                </opt-out>
              </payload>
              <rpad/>
            </content>
            """;

    @Test
    void isReadFromTheExample() throws MalformedElementException {
        SceContent content = SceContent.parse(EXAMPLE.getBytes(StandardCharsets.UTF_8), SceForm.CONTENT);
        Element element = content.find(Family.OMEMO_1.namespace(), OptOut.ELEMENT).orElseThrow().toElement();
        OptOut optOut = OptOut.parse(element);
        assertThat(optOut.family()).isEqualTo(Family.OMEMO_1);
        assertThat(optOut.reason()).hasValueSatisfying(reason -> assertThat(reason).isEqualToNormalizingWhitespace(
                "Sorry, but for compliance reasons I need a permanent, server-side, record of our conversation."));
    }

    @ParameterizedTest
    @EnumSource(names = {"OMEMO_1", "OMEMO_2"})
    void comesOutAsItWentIn(Family family) throws MalformedElementException {
        SceForm form = SceForm.of(family).orElseThrow();
        for (Optional<String> reason : List.of(Optional.<String>empty(), Optional.of(""),
                Optional.of(" a\n<b>\r& \ud83e\udd95"), Optional.of("\ud83e\udd95".repeat(OptOut.MAX_REASON_CODE_POINTS)))) {
            OptOut optOut = new OptOut(family, reason);
            SceContent content = new SceContent(List.of(ContentElement.of(optOut.toElement())), "", Optional.empty(),
                    Optional.empty(), Optional.empty());
            SceContent read = SceContent.parse(content.toBytes(form), form);
            assertThat(OptOut.parse(read.elements().get(0).toElement())).isEqualTo(optOut);
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments("<opt-out xmlns='eu.siacs.conversations.axolotl'/>", Flaw.UNKNOWN_NAMESPACE, "opt-out"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:0'/>", Flaw.UNKNOWN_NAMESPACE, "opt-out"),
                arguments("<optout xmlns='urn:xmpp:omemo:1'/>", Flaw.WRONG_ELEMENT, "opt-out"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1' a=''/>", Flaw.UNEXPECTED_ATTRIBUTE, "opt-out@*[1]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'>x</opt-out>", Flaw.UNEXPECTED_TEXT, "opt-out/text()"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><x/></opt-out>", Flaw.UNEXPECTED_ELEMENT, "opt-out/*[1]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><reason xmlns='urn:xmpp:omemo:2'/></opt-out>",
                        Flaw.UNEXPECTED_ELEMENT, "opt-out/*[1]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><reason/><reason/></opt-out>", Flaw.DUPLICATE_ELEMENT,
                        "opt-out/reason[2]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><reason a=''/></opt-out>", Flaw.UNEXPECTED_ATTRIBUTE,
                        "opt-out/reason@*[1]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><reason>x<y/></reason></opt-out>", Flaw.UNEXPECTED_ELEMENT,
                        "opt-out/reason/*[1]"),
                arguments("<opt-out xmlns='urn:xmpp:omemo:1'><!-- c --></opt-out>", Flaw.UNEXPECTED_NODE, "opt-out/node()"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void isRefusedWhenMalformed(String xml, Flaw flaw, String where) {
        MalformedElementException malformed = malformed(Xml.parse(xml));
        assertThat(malformed.flaw()).isEqualTo(flaw);
        assertThat(malformed.where()).isEqualTo(where);
    }

    @Test
    void isRefusedWhenTooLongOrNoText() {
        Element element = new OptOut(Family.OMEMO_2, Optional.of("x".repeat(4_096))).toElement();
        element.element(QName.get("reason", Family.OMEMO_2.namespace())).addText("x");
        MalformedElementException malformed = malformed(element);
        assertThat(malformed.flaw()).isEqualTo(Flaw.REASON_TOO_LONG);
        assertThat(malformed.where()).isEqualTo("opt-out/reason");
        assertThat(malformed.value()).hasValue(4_097);
        assertThat(malformed.limit()).hasValue(4_096);

        element.element(QName.get("reason", Family.OMEMO_2.namespace())).setText("\u0000");
        assertThat(malformed(element).flaw()).isEqualTo(Flaw.NOT_XML);
    }

    @Test
    void cannotBeMadeWrong() {
        refused(() -> new OptOut(Family.LEGACY, Optional.empty()));
        refused(() -> new OptOut(Family.OMEMO_1, Optional.of("x".repeat(4_097))));
        refused(() -> new OptOut(Family.OMEMO_1, Optional.of("\u0000")));
    }

    private static void refused(Runnable construction) {
        assertThatIllegalArgumentException().isThrownBy(construction::run);
    }

    private static MalformedElementException malformed(Element element) {
        return catchThrowableOfType(MalformedElementException.class, () -> OptOut.parse(element));
    }
}
