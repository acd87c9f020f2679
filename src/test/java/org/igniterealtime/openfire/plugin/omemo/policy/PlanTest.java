package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    private static final String MOVING = "observe; warn-from=2027-01-01; enforce-from=2027-03-01; legacy-until=2027-12-31";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2026-12-31|observe; warn-from=2027-01-01; enforce-from=2027-03-01; legacy-until=2027-12-31|2027-01-01",
        "2027-01-01|warn; enforce-from=2027-03-01; legacy-until=2027-12-31|2027-03-01",
        "2027-02-28|warn; enforce-from=2027-03-01; legacy-until=2027-12-31|2027-03-01",
        "2027-03-01|enforce; legacy-until=2027-12-31|2028-01-01",
        "2027-12-31|enforce; legacy-until=2027-12-31|2028-01-01",
        "2028-01-01|enforce; families=0.4,0.8+|",
        "2050-01-01|enforce; families=0.4,0.8+|"})
    void eachStepIsTakenOnItsDay(LocalDate today, String then, LocalDate next) throws Exception {
        Policy policy = PolicyText.parse(MOVING).on(today);

        assertThat(PolicyText.format(policy)).isEqualTo(then);
        assertThat(policy.plan().next(today).orElse(null)).isEqualTo(next);
        assertThat(policy.on(today)).as("what has happened does not happen again").isEqualTo(policy);
        assertThat(policy.on(LocalDate.parse("2028-01-01")))
            .as("and what is left leads to the same end").isEqualTo(PolicyText.parse("enforce; families=0.4,0.8+"));
    }

    @Test
    void noStepMakesAPolicyMilder() throws Exception {
        assertThat(PolicyText.parse("enforce; warn-from=2027-01-01").on(LocalDate.parse("2027-01-02")).mode())
            .isEqualTo(Mode.ENFORCE);
        assertThat(PolicyText.parse("observe; warn-from=2027-05-01; enforce-from=2027-01-01")
            .on(LocalDate.parse("2027-05-02")).mode()).isEqualTo(Mode.ENFORCE);
    }

    @Test
    void aPolicyWithoutAPlanIsTheSameEveryDay() {
        Policy policy = Policy.of(Mode.WARN);
        assertThat(policy.on(LocalDate.parse("2099-01-01"))).isSameAs(policy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"observe; warn-from=soon", "observe; enforce-from=2027-02-30", "observe; legacy-until=27-01-01",
        "observe; enforce-from=", "observe; enforce-from=2027-01-01T00:00", "observe; families=legacy; legacy-until=2027-01-01"})
    void whatIsNoDayIsRefused(String policy) {
        assertThatThrownBy(() -> PolicyText.parse(policy)).isInstanceOf(InvalidPolicyException.class);
    }
}
