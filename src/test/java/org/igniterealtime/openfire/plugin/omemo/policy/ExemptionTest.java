package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sender is alice@example.org, in the room as the second column says. */
class ExemptionTest {

    @ParameterizedTest
    @CsvSource({
        "jid:alice@example.org, member, true", "jid:Alice@Example.org, member, true", "jid:bob@example.org, member, false",
        "jid:alice@example.org.evil, member, false", "domain:example.org, member, true", "domain:org, member, false",
        "domain:chat.example.org, member, false", "domain:ample.org, member, false", "affiliation:owner, owner, true",
        "affiliation:owner, member, false", "affiliation:member, member, true", "affiliation:member, owner, false",
        "affiliation:none, outside, false"})
    void coversExactlyWhomItNames(String exemption, String sender, boolean covers) {
        assertThat(Exemption.parse(exemption).orElseThrow().covers(TestSender.of(sender))).isEqualTo(covers);
    }
}
