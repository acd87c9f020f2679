package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerBoundsTest {

    private static final String ROOM = "r@conference.example.org";

    @ParameterizedTest
    @CsvSource({
        "NOTHING, observe, enforce, observe", "NOTHING, enforce, off, enforce",
        "STRICTER, observe, enforce, enforce", "STRICTER, enforce, off, enforce", "STRICTER, off, off, off",
        "FREELY, observe, enforce, enforce", "FREELY, enforce, off, off"})
    void bindTheMode(OwnerBounds bounds, String operators, String chosen, String holds) throws Exception {
        assertThat(PolicyText.format(bounds.policy(PolicyText.parse(operators), PolicyText.parse(chosen)))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NOTHING | 0.4,0.8+ | 0.4 | 0.4,0.8+", "STRICTER | 0.4,0.8+ | 0.8+ | 0.8+", "STRICTER | 0.4,0.8+ | legacy,0.4 | 0.4",
        "STRICTER | 0.4,0.8+ | legacy | 0.4,0.8+", "FREELY | 0.4,0.8+ | legacy | legacy"})
    void bindTheFamilies(OwnerBounds bounds, String operators, String chosen, String hold) throws Exception {
        Policy policy = bounds.policy(PolicyText.parse("warn; families=" + operators),
            PolicyText.parse("warn; families=" + chosen));

        assertThat(PolicyText.format(policy)).isEqualTo("warn; families=" + hold);
    }

    @Test
    void leaveAllOtherRulesToTheOperator() throws Exception {
        Policy operators = PolicyText.parse("warn; subject=admins; exempt=jid:bot@example.org; max-keys=7");
        Policy chosen = PolicyText.parse("enforce; subject=everyone; max-keys=9");

        for (OwnerBounds bounds : List.of(OwnerBounds.STRICTER, OwnerBounds.FREELY)) {
            assertThat(bounds.policy(operators, chosen)).isEqualTo(operators.withMode(Mode.ENFORCE));
        }
    }

    @Test
    void allowWhatTheyOffer() throws Exception {
        Policy operators = PolicyText.parse("warn; families=0.4,0.8+");
        for (OwnerBounds bounds : OwnerBounds.values()) {
            for (Mode mode : Mode.values()) {
                for (Set<Family> families : List.<Set<Family>>of(EnumSet.allOf(Family.class), Set.of(Family.OMEMO_2),
                    operators.families())) {
                    Policy chosen = Policy.of(mode).withFamilies(families);
                    Policy holds = bounds.policy(operators, chosen);

                    assertThat(bounds.allow(operators, mode, families)).as("%s: %s", bounds, PolicyText.format(chosen))
                        .isEqualTo(holds.mode() == mode && holds.families().equals(families));
                }
            }
        }
    }

    @Test
    void areAppliedWheneverAPolicyIsLookedUp() throws Exception {
        Map<String, Policy> chosen = Map.of(ROOM, PolicyText.parse("warn"));

        assertThat(book("off", chosen).policyOf(ROOM, "conference.example.org").mode()).isEqualTo(Mode.WARN);
        assertThat(book("off", chosen).sourceOf(ROOM, "conference.example.org")).isEqualTo(PolicyBook.Source.OWNERS);
        assertThat(book("enforce", chosen).policyOf(ROOM, "conference.example.org").mode()).isEqualTo(Mode.ENFORCE);
        assertThat(book("enforce", chosen).sourceOf(ROOM, "conference.example.org")).isEqualTo(PolicyBook.Source.DEFAULT);
        assertThat(book("off", chosen).policyOf("other@conference.example.org", "conference.example.org").mode())
            .isEqualTo(Mode.OFF);
    }

    private static PolicyBook book(String usual, Map<String, Policy> chosen) throws Exception {
        return new PolicyBook(Map.of(), List.of(), Map.of(), PolicyText.parse(usual), chosen, OwnerBounds.STRICTER);
    }
}
