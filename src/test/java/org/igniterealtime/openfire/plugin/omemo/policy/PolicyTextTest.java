package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTextTest {

    @Test
    void takesTheDefaultsForWhateverIsNotSaid() throws Exception {
        Policy policy = PolicyText.parse("enforce");

        assertThat(policy).isEqualTo(Policy.of(Mode.ENFORCE));
        assertThat(policy.families()).containsExactlyInAnyOrder(Family.values());
        assertThat(policy.maxKeys()).isEqualTo(2_000);
    }

    @Test
    void readsEveryRule() throws Exception {
        Policy policy = PolicyText.parse("warn; families=0.4, 0.8+; body=remove; history=drop; unlisted=refuse; "
            + "subject=moderators; "
            + "reactions=refuse; reason=keep; private=forbidden; status=pass; max-keys=50; "
            + "sender-device=enforce; recipients=off; recipient-devices=enforce; counterfeit=enforce; coverage=off; "
            + "may-miss=2 members; "
            + "exempt=jid:bot@example.org, domain:example.net, affiliation:owner");

        assertThat(policy.mode()).isEqualTo(Mode.WARN);
        assertThat(policy.families()).containsExactlyInAnyOrder(Family.OMEMO_1, Family.OMEMO_2);
        assertThat(policy.fallbackBody()).isEqualTo(Policy.FallbackBody.REMOVE);
        assertThat(policy.history()).isEqualTo(Policy.History.DROP);
        assertThat(policy.unlisted()).isEqualTo(Policy.Unlisted.REFUSE);
        assertThat(policy.subject()).isEqualTo(Policy.Subject.MODERATORS);
        assertThat(policy.reactions()).isEqualTo(Policy.Reactions.REFUSE);
        assertThat(policy.invitationReason()).isEqualTo(Policy.InvitationReason.KEEP);
        assertThat(policy.privateMessages()).isEqualTo(Policy.PrivateMessages.FORBIDDEN);
        assertThat(policy.presenceStatus()).isEqualTo(Policy.PresenceStatus.PASS);
        assertThat(policy.maxKeys()).isEqualTo(50);
        assertThat(policy.checks()).isEqualTo(new Checks(Check.ENFORCE, Check.OFF, Check.ENFORCE, Check.ENFORCE,
            Check.OFF, new Tolerance(2, Tolerance.Unit.MEMBERS)));
        assertThat(policy.exemptions()).extracting(Exemption::toString)
            .containsExactly("jid:bot@example.org", "domain:example.net", "affiliation:owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "off", "observe", "enforce", "enforce; families=legacy", "warn; families=0.4,0.8+; body=remove",
        "enforce; body=refuse; history=drop; unlisted=refuse; subject=admins; reactions=refuse; reason=keep; private=uncovered; "
            + "status=pass; max-keys=7; sender-device=enforce; recipients=off; recipient-devices=enforce; counterfeit=off; "
            + "coverage=enforce; may-miss=9 devices; exempt=jid:bot@example.org,affiliation:none"})
    void writesWhatItReads(String line) throws Exception {
        assertThat(PolicyText.format(PolicyText.parse(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "enforced", "ENFORCE", "enforce;", "enforce; ", "enforce families=0.4", "enforce; families=",
        "enforce; families=0.5", "enforce; families=0.4,,0.8+", "enforce; body", "enforce; body=drop",
        "enforce; history=on", "enforce; mode=off", "enforce; colour=red", "enforce; body=remove; body=remove", "enforce; max-keys=0",
        "enforce; max-keys=-1", "enforce; max-keys=1000000", "enforce; max-keys=٣", "enforce; exempt=",
        "enforce; exempt=bob@example.org", "enforce; exempt=jid:bob@example.org/phone", "enforce; exempt=jid:example.org",
        "enforce; exempt=domain:a@b", "enforce; coverage=on", "enforce; sender-device=warn", "enforce; may-miss=3",
        "enforce; may-miss=-1 devices", "enforce; may-miss=99999 devices", "enforce; may-miss=1 room", "enforce; may-miss=01 devices", "enforce; exempt=affiliation:boss", "off off"})
    void refusesWhatItCannotRead(String line) {
        assertThatThrownBy(() -> PolicyText.parse(line)).isInstanceOf(InvalidPolicyException.class);
    }
}
