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

    @ParameterizedTest
    @ValueSource(strings = {
        "<note xmlns='urn:example'>LEAK</note>", "LEAK", "<nick xmlns='http://jabber.org/protocol/nick'>LEAK</nick>",
        "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='LEAK is readable' ver='AAAA'/>",
        "<x xmlns='vcard-temp:x:update'><photo>LEAK, LEAK</photo></x>", "<show>LEAK</show>",
        "<x xmlns='http://jabber.org/protocol/muc'><password>LEAK</password></x>",
        "<status xmlns='urn:example'>LEAK</status>"})
    void takesOutWhatIsNotListed(String content) throws Exception {
        Element presence = Stanzas.parse(String.format(JOIN, content));

        Verdict verdict = PresenceJudge.judge(presence, PolicyText.parse("enforce; status=pass"), TestSender.of("member"));

        ((Verdict.PassRewritten) verdict).rewrite().applyTo(presence);
        assertThat(presence.asXML()).doesNotContain("LEAK").contains("http://jabber.org/protocol/muc");
    }

    @Test
    void leavesWhatClientsSendWithAPresence() {
        Element presence = Stanzas.parse(String.format(JOIN, "<show>dnd</show><priority>-1</priority>"
            + "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://conversations.im' "
            + "ver='QgayPKawpkPSDYmwT/WM94uAlu0='/><idle xmlns='urn:xmpp:idle:1' since='2026-01-01T12:00:00Z'/>"
            + "<x xmlns='vcard-temp:x:update'><photo>da39a3ee5e6b4b0d3255bfef95601890afd80709</photo></x>"));

        assertThat(PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of("member")))
            .isEqualTo(Verdict.PASS);
    }

    @Test
    void takesAttributesOutThatNoPresenceHas() {
        Element presence = Stanzas.parse("<presence note='LEAK' id='p1'/>");

        ((Verdict.PassRewritten) PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of("member")))
            .rewrite().applyTo(presence);

        assertThat(presence.asXML()).doesNotContain("LEAK").contains("p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<presence xmlns='urn:LEAK'><show xmlns=''>away</show></presence>",
        "<LEAK:presence xmlns:LEAK='jabber:client'><show>away</show></LEAK:presence>",
        "<LEAK:presence xmlns:LEAK='urn:LEAK'><LEAK:status>LEAK</LEAK:status><show>away</show></LEAK:presence>"})
    void takesAPresenceOutOfAForeignNamespace(String text) {
        Element presence = Stanzas.parse(text);

        ((Verdict.PassRewritten) PresenceJudge.judge(presence, Policy.of(Mode.ENFORCE), TestSender.of("member")))
            .rewrite().applyTo(presence);

        assertThat(presence.asXML()).isEqualTo("<presence><show>away</show></presence>");
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
