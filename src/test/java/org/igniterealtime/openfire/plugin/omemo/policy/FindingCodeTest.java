package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FindingCodeTest {

    /** Bounces, logs and exports carry them: never change one, only add. */
    @Test
    void codesAndNumbersStayAsTheyAre() {
        assertThat(Arrays.stream(FindingCode.values()).map(code -> code.number() + " " + code.code()))
            .containsExactly("101 plaintext-body", "102 subject", "103 unlisted-element", "104 unlisted-attribute",
                "105 unlisted-text", "106 unexpected-content", "107 too-many-elements", "108 presence-status",
                "109 error-content", "110 private-message", "111 reaction", "112 invitation-content", "113 oversized-values",
                "121 misplaced-element", "122 unknown-type", "201 malformed-header", "202 malformed-keys",
                "203 malformed-payload", "204 too-many-keys", "205 duplicate-encrypted", "206 family-not-accepted",
                "207 unlisted-sender-device", "208 foreign-recipient", "209 unlisted-recipient-device", "210 counterfeit",
                "211 incomplete-coverage",
                "301 room-semi-anonymous", "302 room-open", "303 ambiguous-configuration",
                "304 policy-out-of-bounds", "901 internal-failure");
    }
}
