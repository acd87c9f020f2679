package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceJudgeTest {

    private static final String JOIN = "<presence><x xmlns='http://jabber.org/protocol/muc'/>%s</presence>";

    @ParameterizedTest
    @ValueSource(strings = {"member", "outside"})
    void takesTheStatusOutOfAPresenceWhoeverSendsIt(String from) {
        Element presence = Stanzas.parse(String.format(JOIN,
            "<show>away</show><status>LEAK</status><status xml:lang='de'>LEAK</status>"));

        Verdict verdict = PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of(from));

        assertThat(verdict.findings()).extracting(Finding::code)
            .containsExactly(FindingCode.PRESENCE_STATUS, FindingCode.PRESENCE_STATUS);
        ((Verdict.PassRewritten) verdict).rewrite().applyTo(presence);
        assertThat(presence.asXML()).doesNotContain("LEAK").contains("away");
    }

    @Test
    void leavesThePasswordAndStatusCodesOfRoomsAlone() {
        Element presence = Stanzas.parse("<presence><x xmlns='http://jabber.org/protocol/muc'>"
            + "<password>secret</password></x></presence>");

        assertThat(PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of("outside")))
            .isEqualTo(Verdict.PASS);
    }

    @Test
    void letsTheStatusPassWhereThePolicySaysSo() throws Exception {
        Element presence = Stanzas.parse(String.format(JOIN, "<status>back at five</status>"));

        assertThat(PresenceJudge.judge(presence, PolicyText.parse("enforce; status=pass"), TestSender.of("member")))
            .isEqualTo(Verdict.PASS);
    }

    @Test
    void emptiesAPresenceWithMorePartsThanOneCanHave() {
        Element presence = Stanzas.parse(String.format(JOIN, "<status>LEAK</status>".repeat(10_000)));

        Verdict verdict = PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of("member"));

        ((Verdict.PassRewritten) verdict).rewrite().applyTo(presence);
        assertThat(presence.nodeCount()).isZero();
    }
}
