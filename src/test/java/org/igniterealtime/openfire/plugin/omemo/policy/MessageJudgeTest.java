package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.verdicts.VerdictRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageJudgeTest {

    static List<VerdictRow> rows() {
        return VerdictRow.load("alice@example.org", "example.org");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void judgesAsThePolicySays(VerdictRow row) throws Exception {
        Element message = Stanzas.parse(row.message());
        String before = message.asXML();

        Verdict verdict = MessageJudge.judge(message, row.toOccupant(), PolicyText.parse(row.policy()),
            TestSender.of(row.from()), TestAudience.UNKNOWN, encrypted -> { });

        assertThat(word(verdict, row)).isEqualTo(row.verdict());
        assertThat(verdict.findings()).extracting(finding -> finding.code().code()).isEqualTo(row.findings());
        assertThat(message.asXML()).as("judging touches nothing").isEqualTo(before);
        assertThat(verdict.findings()).extracting(Finding::where).noneMatch(where -> where.contains(VerdictRow.MARKER));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void letsNothingReadableThrough(VerdictRow row) throws Exception {
        Element message = Stanzas.parse(row.message());

        Verdict verdict = MessageJudge.judge(message, row.toOccupant(), PolicyText.parse(row.policy()),
            TestSender.of(row.from()), TestAudience.UNKNOWN, encrypted -> { });

        if (verdict instanceof Verdict.PassRewritten rewritten) {
            rewritten.rewrite().applyTo(message);
            assertThat(MessageJudge.judge(message, row.toOccupant(), PolicyText.parse(row.policy()),
                TestSender.of(row.from()), TestAudience.UNKNOWN, encrypted -> { }).findings()).as("a rewritten message is in order").isEmpty();
        }
        if (!(verdict instanceof Verdict.Refuse)) {
            assertThat(message.asXML()).doesNotContain(VerdictRow.MARKER);
        }
    }

    @Test
    void replacesTheFallbackBodyAndTouchesNothingElse() {
        Element message = Stanzas.parse(row("what Conversations sends").message());

        apply(message, Policy.of(Mode.ENFORCE));

        assertThat(message.elements()).extracting(child -> ((Element) child).getName())
            .containsExactly("encrypted", "store", "origin-id", "encryption", "markable", "body");
        assertThat(message.elementText("body")).startsWith("This message is encrypted with OMEMO");
        assertThat(message.attributeValue("id")).isEqualTo("m1");
    }

    @Test
    void leavesOneBodyWhereThereWereSeveral() {
        Element message = Stanzas.parse(row("several fallback bodies").message());

        apply(message, Policy.of(Mode.ENFORCE));

        assertThat(message.elements("body")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addsNothingForTheHistoryButALabelledBodyAtTheEnd(VerdictRow row) throws Exception {
        Element kept = Stanzas.parse(row.message());
        Element dropped = Stanzas.parse(row.message());

        apply(kept, row, PolicyText.parse(row.policy()));
        apply(dropped, row, dropping(row));

        StringBuilder added = new StringBuilder();
        while (kept.nodeCount() > dropped.nodeCount()) {
            Element last = (Element) kept.node(kept.nodeCount() - 1);
            added.insert(0, last.getName() + ' ');
            last.detach();
        }
        assertThat(added.toString()).matches("(body (fallback )+)?");
        assertThat(kept.asXML()).isEqualTo(dropped.asXML());
    }

    @Test
    void labelsTheBodyForTheHistoryAsAFallback() {
        Element message = Stanzas.parse(row("OMEMO 0.8+, nothing else").message());

        apply(message, Policy.of(Mode.ENFORCE));

        assertThat(message.elements()).extracting(child -> ((Element) child).getName())
            .containsExactly("encrypted", "body", "fallback");
        assertThat(message.element("body").asXML()).isEqualTo("<body xml:lang=\"en\">This message is encrypted with "
            + "OMEMO, which your client does not seem to support.</body>");
        assertThat(message.element("fallback").asXML())
            .isEqualTo("<fallback xmlns=\"urn:xmpp:fallback:0\" for=\"urn:xmpp:omemo:2\"/>");
    }

    @Test
    void labelsTheBodyForEachFamilyWithAPayload() {
        Element both = Stanzas.parse(row("two families in one message, both").message());
        Element one = Stanzas.parse(row("a key transport beside a payload of another").message());

        apply(both, Policy.of(Mode.ENFORCE));
        apply(one, Policy.of(Mode.ENFORCE));

        assertThat(both.elements("fallback")).extracting(label -> ((Element) label).attributeValue("for"))
            .containsExactly("urn:xmpp:omemo:1", "urn:xmpp:omemo:2");
        assertThat(one.elements("fallback")).extracting(label -> ((Element) label).attributeValue("for"))
            .containsExactly("urn:xmpp:omemo:2");
    }

    @Test
    void takesOutTheFamiliesThatTheRoomDoesNotAccept() throws Exception {
        Element message = Stanzas.parse(row("two families in one message, one of them").message());

        apply(message, PolicyText.parse("enforce; families=0.4"));

        assertThat(message.elements("encrypted")).extracting(child -> ((Element) child).getNamespaceURI())
            .containsExactly("urn:xmpp:omemo:1");
        assertThat(message.element("fallback").attributeValue("for")).isEqualTo("urn:xmpp:omemo:1");
    }

    @Test
    void leavesAnInvitationByItself() {
        Element message = Stanzas.parse(row("an invitation with a smuggled body").message());

        apply(message, Policy.of(Mode.ENFORCE));

        assertThat(message.elements()).hasSize(1);
        assertThat(message.element("x").element("invite").attributeValue("to")).isEqualTo("carol@example.org");
    }

    @Test
    void doesNotAskTheRoomAboutTheSenderOfAnEncryptedMessage() {
        TestSender sender = TestSender.of("member");
        Element message = Stanzas.parse(row("what Conversations sends").message());

        MessageJudge.judge(message, false, Policy.of(Mode.ENFORCE), sender, TestAudience.UNKNOWN, encrypted -> { });

        assertThat(sender.questions).isZero();
    }

    @Test
    void handsOutWhatIsEncryptedOnceForEachFamilyWhateverTheVerdict() {
        String one = "<encrypted xmlns='urn:xmpp:omemo:1'><header sid='7'><keys jid='bob@example.org'><key rid='5'>"
            + "A".repeat(200) + "</key></keys></header><payload>AAAAAAAAAAAAAAAAAAAAAA==</payload></encrypted>";
        String other = one.replace("omemo:1", "omemo:2").replace("sid='7'", "sid='8'");
        String malformed = one.replace("sid='7'", "").replace("omemo:1", "omemo:2");
        assertThat(sids(one + other)).containsExactly(7, 8);
        assertThat(sids(one + one.replace("sid='7'", "sid='9'"))).containsExactly(7);
        assertThat(sids(one + malformed + "<body>x</body><x xmlns='urn:leak'/>")).containsExactly(7);
        assertThat(sids("<body>x</body>")).isEmpty();
    }

    private static List<Integer> sids(String content) {
        List<Integer> sids = new ArrayList<>();
        MessageJudge.judge(Stanzas.parse("<message type='groupchat' to='r@c.example.org' from='a@example.org/x'>" + content
            + "</message>"), false, Policy.of(Mode.ENFORCE), TestSender.of("member"), TestAudience.UNKNOWN, encrypted -> sids.add(encrypted.sid()));
        return sids;
    }

    @Test
    void tellsTheNumbersBehindAFinding() {
        Verdict verdict = MessageJudge.judge(Stanzas.parse(row("10,000 keys").message()), false,
            Policy.of(Mode.ENFORCE), TestSender.of("member"), TestAudience.UNKNOWN, encrypted -> { });

        assertThat(verdict.findings().get(0).limit()).hasValue(2_000);
    }

    private static VerdictRow row(String name) {
        return rows().stream().filter(row -> row.name().startsWith(name)).findFirst().orElseThrow();
    }

    private static void apply(Element message, Policy policy) {
        Verdict verdict = MessageJudge.judge(message, false, policy, TestSender.of("member"), TestAudience.UNKNOWN, encrypted -> { });
        ((Verdict.PassRewritten) verdict).rewrite().applyTo(message);
    }

    private static void apply(Element message, VerdictRow row, Policy policy) {
        Verdict verdict = MessageJudge.judge(message, row.toOccupant(), policy, TestSender.of(row.from()), TestAudience.UNKNOWN, encrypted -> { });
        if (verdict instanceof Verdict.PassRewritten rewritten) {
            rewritten.rewrite().applyTo(message);
        }
    }

    private static String word(Verdict verdict, VerdictRow row) throws Exception {
        if (verdict instanceof Verdict.Pass) {
            return "pass";
        }
        if (verdict instanceof Verdict.Refuse) {
            return "refuse";
        }
        boolean changedForTheHistoryOnly = MessageJudge.judge(Stanzas.parse(row.message()), row.toOccupant(),
            dropping(row), TestSender.of(row.from()), TestAudience.UNKNOWN, encrypted -> { }) instanceof Verdict.Pass;
        return changedForTheHistoryOnly ? "kept" : "rewritten";
    }

    private static Policy dropping(VerdictRow row) throws InvalidPolicyException {
        return PolicyText.parse(row.policy() + (row.policy().contains("history=") ? "" : "; history=drop"));
    }
}
