package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.SampleCiphertext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a header claims, held against what the server knows. The sender is alice. */
class HeaderJudgeTest {

    private static final String ALICE = "alice@example.org";
    private static final String BOB = "bob@example.org";
    private static final String PAYLOAD = "<payload>" + SampleCiphertext.payload(48, 7) + "</payload>";

    private final TestAudience audience = TestAudience.of(ALICE, BOB)
        .list(ALICE, Family.OMEMO_2, 1, 11).list(BOB, Family.OMEMO_2, 2, 3)
        .list(ALICE, Family.LEGACY, 1).list(BOB, Family.LEGACY, 2, 3);

    @Test
    void theTruthPassesEveryCheck() throws Exception {
        assertThat(judge(all(Check.ENFORCE), omemo(1, keys(BOB, 2, 3) + keys(ALICE, 11))).findings()).isEmpty();
        assertThat(judge(all(Check.ENFORCE), legacy(1, 2, 3)).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sender-device, unlisted-sender-device, encrypted/header/@sid",
        "recipients, foreign-recipient, encrypted/header/keys[2]/@jid",
        "recipient-devices, unlisted-recipient-device, encrypted/header/keys[1]/key[2]/@rid",
        "counterfeit, counterfeit, encrypted/header/keys[2]/key[1]",
    })
    void aLieIsRefusedObservedOrNotLookedFor(String rule, String finding, String where) throws Exception {
        String lie = switch (rule) {
            case "sender-device" -> omemo(5, keys(BOB, 2));
            case "recipients" -> omemo(1, keys(BOB, 2) + keys("mallory@example.org", 4));
            case "recipient-devices" -> omemo(1, keys(BOB, 2, 4));
            default -> omemo(1, keys(BOB, 2) + "<keys jid='" + ALICE + "'><key rid='11'>"
                + Base64Text.encode(new byte[64]).text() + "</key></keys>");
        };

        assertThat(judge(one(rule, "enforce"), lie)).isInstanceOfSatisfying(Verdict.Refuse.class, refused -> {
            assertThat(refused.reason().code().code()).isEqualTo(finding);
            assertThat(refused.reason().where()).isEqualTo(where);
        });
        Verdict observed = judge(one(rule, "observe"), lie);
        assertThat(observed.findings()).isEmpty();
        assertThat(observed.observed()).extracting(found -> found.code().code()).containsExactly(finding);
        assertThat(judge(one(rule, "off"), lie).observed()).isEmpty();
    }

    @Test
    void whatIsNotSaidIsObserved() throws Exception {
        Verdict verdict = judge("enforce; history=drop", omemo(5, keys(BOB, 4)));

        assertThat(verdict).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict.observed()).extracting(found -> found.code().number()).containsExactly(207, 209);
    }

    @Test
    void whatNobodyKnowsIsHeldAgainstNobody() throws Exception {
        TestAudience strangers = TestAudience.of(ALICE, BOB);
        assertThat(judge(all(Check.ENFORCE), omemo(5, keys(BOB, 4)), strangers).findings()).isEmpty();
        assertThat(judge(all(Check.ENFORCE), omemo(5, keys("mallory@example.org", 4)), TestAudience.UNKNOWN).findings())
            .isEmpty();
        assertThat(judge(all(Check.ENFORCE), legacy(5, 4), strangers).findings()).isEmpty();
    }

    @Test
    void aLegacyDeviceMayBeAnybodysInTheRoom() throws Exception {
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 3, 2)).findings()).isEmpty();
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 2, 4)).findings()).singleElement()
            .extracting(Finding::where).isEqualTo("encrypted/header/key[2]/@rid");
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 2, 4),
            TestAudience.of(ALICE, BOB, "carol@example.org").list(ALICE, Family.LEGACY, 1).list(BOB, Family.LEGACY, 2))
            .findings()).as("it may be carol's, of whom nothing is known").isEmpty();
    }

    @Test
    void aDeviceThatHasJustLeftTheListIsNoLie() throws Exception {
        audience.listedLately(BOB, Family.OMEMO_2, 4).listedLately(ALICE, Family.OMEMO_2, 5)
            .listedLately(BOB, Family.LEGACY, 4);
        assertThat(judge(all(Check.ENFORCE), omemo(5, keys(BOB, 4))).findings()).isEmpty();
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 4)).findings()).isEmpty();
    }

    @Test
    void aSenderOutsideThePeopleMayEncryptForTheirOwnDevices() throws Exception {
        TestAudience others = TestAudience.of(BOB).list(ALICE, Family.OMEMO_2, 1, 11).list(BOB, Family.OMEMO_2, 2);
        assertThat(judge(all(Check.ENFORCE), omemo(1, keys(BOB, 2) + keys(ALICE, 11)), others).findings()).isEmpty();
    }

    @Test
    void beforeSomebodyIsHeldToBeAStrangerTheRoomIsAskedAnew() throws Exception {
        audience.peopleNow.addAll(List.of(jid(ALICE), jid(BOB), jid("carol@example.org")));
        audience.list("carol@example.org", Family.OMEMO_2, 4).list("carol@example.org", Family.LEGACY, 4);

        assertThat(judge(one("recipients", "enforce"), omemo(1, keys("carol@example.org", 4))).findings()).isEmpty();
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 4)).findings()).isEmpty();
        assertThat(judge(one("recipients", "enforce"), omemo(1, keys("mallory@example.org", 4))).findings()).hasSize(1);
        assertThat(judge(one("recipient-devices", "enforce"), legacy(1, 5)).findings()).hasSize(1);
    }

    @Test
    void theKeysOfThoseWhoDoNotBelongToTheRoomAreNotLookedUp() throws Exception {
        judge("enforce", omemo(1, keys("a@example.org", 1) + keys("b@example.org", 1)));

        assertThat(audience.asked).containsExactly(ALICE);
    }

    @Test
    void ofSeveralFamiliesEachIsHeldAgainstItsOwnList() throws Exception {
        Verdict verdict = judge(one("sender-device", "enforce"), omemo(1, keys(BOB, 2)) + legacy(11, 2));

        assertThat(verdict.findings()).extracting(found -> found.code().number()).containsExactly(207);
    }

    @Test
    void theSameKeyTwiceIsCounterfeit() throws Exception {
        String key = SampleCiphertext.key(2);
        String twice = "<keys jid='" + BOB + "'><key rid='2'>" + key + "</key><key rid='3'>" + key + "</key></keys>";

        assertThat(judge(one("counterfeit", "enforce"), omemo(1, twice)).findings()).singleElement()
            .extracting(Finding::where).isEqualTo("encrypted/header/keys[1]/key[2]");
    }

    @ParameterizedTest
    @EnumSource
    void aPayloadOfNothingIsCounterfeit(Nothing nothing) throws Exception {
        String message = omemo(1, keys(BOB, 2)).replace(PAYLOAD, "<payload>" + nothing.base64 + "</payload>");

        assertThat(judge(one("counterfeit", "enforce"), message).findings()).singleElement()
            .extracting(Finding::where).isEqualTo("encrypted/payload");
    }

    private enum Nothing {
        ZEROS(new byte[64]), TEXT("Meet me at noon, at the old mill! Alice.........".getBytes());

        private final String base64;

        Nothing(byte[] bytes) {
            base64 = Base64Text.encode(bytes).text();
        }
    }

    @Test
    void whoIsLeftOutIsNamed() throws Exception {
        audience.leftOut = new Audience.Shortfall(List.of(jid(BOB), jid("carol@example.org")), 3);
        String message = omemo(1, keys(BOB, 2));

        Finding finding = judge(one("coverage", "enforce"), message).findings().get(0);

        assertThat(finding.value()).hasValue(3);
        assertThat(Texts.in(Locale.ENGLISH).refusal(finding)).contains(BOB).contains("carol@example.org");
        assertThat(judge(one("coverage", "enforce; may-miss=3 devices"), message).findings()).isEmpty();
        assertThat(judge(one("coverage", "enforce; may-miss=2 devices"), message).findings()).isNotEmpty();
        assertThat(judge(one("coverage", "enforce; may-miss=2 members"), message).findings()).isEmpty();
        assertThat(judge(one("coverage", "enforce; may-miss=1 members"), message).findings()).isNotEmpty();
    }

    @Test
    void nobodyMissesWhatIsForOneOccupantOrHoldsNothingToRead() throws Exception {
        audience.leftOut = new Audience.Shortfall(List.of(jid(BOB)), 1);
        String message = omemo(1, keys(BOB, 2));
        Policy policy = PolicyText.parse(one("coverage", "enforce"));

        assertThat(judge(one("coverage", "enforce"), message.replace(PAYLOAD, "")).findings()).isEmpty();
        assertThat(MessageJudge.judge(Stanzas.parse("<message type='chat'>" + message + "</message>"), true, policy,
            TestSender.of("member"), audience, encrypted -> { }).findings()).isEmpty();
        assertThat(judge(one("coverage", "enforce"), message).findings()).isNotEmpty();
    }

    @Test
    void aFewAreNamedForMany() {
        List<BareJid> many = IntStream.range(0, 100).mapToObj(i -> jid("m" + i + "@example.org")).toList();

        assertThat(Finding.of(FindingCode.INCOMPLETE_COVERAGE, "x").about(many).about()).hasSize(5);
    }

    @Test
    void aFailureOfOursRefusesWhereTheCheckIsEnforcedAndCostsAnObservationElsewhere() throws Exception {
        audience.fails = true;

        assertThatThrownBy(() -> judge(one("recipients", "enforce"), omemo(1, keys(BOB, 2))))
            .isInstanceOf(IllegalStateException.class);
        Verdict verdict = judge("enforce; history=drop", omemo(1, keys(BOB, 2)));
        assertThat(verdict).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict.observed()).extracting(found -> found.code().code()).containsExactly("internal-failure");
        assertThat(verdict.couldNotObserve()).isTrue();
    }

    @Test
    void nothingIsLookedUpForAMessageThatIsRefusedAnyway() throws Exception {
        audience.fails = true;

        assertThat(judge(all(Check.ENFORCE) + "; unlisted=refuse",
            omemo(1, keys(BOB, 2)) + "<x xmlns='y'>LEAK</x>")).isInstanceOf(Verdict.Refuse.class);
    }

    private Verdict judge(String policy, String children) throws Exception {
        return judge(policy, children, audience);
    }

    private static Verdict judge(String policy, String children, Audience audience) throws Exception {
        Element message = Stanzas.parse("<message type='groupchat'>" + children + "</message>");
        return MessageJudge.judge(message, false, PolicyText.parse(policy), TestSender.of("member"), audience,
            encrypted -> { });
    }

    private static String one(String rule, String check) {
        StringBuilder policy = new StringBuilder("enforce; history=drop");
        for (String each : List.of("sender-device", "recipients", "recipient-devices", "counterfeit", "coverage")) {
            policy.append("; ").append(each).append('=').append(each.equals(rule) ? check : "off");
        }
        return policy.toString();
    }

    private static String all(Check check) {
        String word = check.name().toLowerCase(Locale.ROOT);
        return "enforce; history=drop; sender-device=" + word + "; recipients=" + word + "; recipient-devices=" + word
            + "; counterfeit=" + word + "; coverage=" + word;
    }

    private static String omemo(int sid, String keys) {
        return "<encrypted xmlns='urn:xmpp:omemo:2'><header sid='" + sid + "'>" + keys + "</header>" + PAYLOAD + "</encrypted>";
    }

    private static String keys(String jid, int... rids) {
        StringBuilder keys = new StringBuilder("<keys jid='" + jid + "'>");
        for (int rid : rids) {
            keys.append("<key rid='").append(rid).append("'>").append(SampleCiphertext.key(rid)).append("</key>");
        }
        return keys.append("</keys>").toString();
    }

    private static String legacy(int sid, int... rids) {
        StringBuilder keys = new StringBuilder();
        for (int rid : rids) {
            keys.append("<key rid='").append(rid).append("'>").append(SampleCiphertext.legacyKey(rid))
                .append("</key>");
        }
        return "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='" + sid + "'>" + keys
            + "<iv>AAAAAAAAAAAAAAAA</iv></header>" + PAYLOAD + "</encrypted>";
    }

    private static BareJid jid(String text) {
        return BareJid.of(text).orElseThrow();
    }
}
