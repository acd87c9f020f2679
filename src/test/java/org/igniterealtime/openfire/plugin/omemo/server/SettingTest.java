package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.igniterealtime.openfire.plugin.omemo.server.KeySettings.Validation;
import org.igniterealtime.openfire.plugin.omemo.stats.Activity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may write into a property, and what holds instead of what is no possible value. */
class SettingTest {

    private static final Setting.Number DAYS = new Setting.Number("days", 90, 1, 10_000);

    @ParameterizedTest
    @CsvSource({"1, 1", "90, 90", "10000, 10000"})
    void aNumberWithinItsBoundsIsOne(String text, int number) {
        assertThat(DAYS.read(text)).contains(number);
        assertThat(DAYS.text(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "-99999999999999999999, 1", "10001, 10000", "99999999999999999999, 10000", "007, 7", "00, 1", "x, 90",
        "'', 90", "1.5, 90", "1e3, 90", "0x10, 90", "+5, 90", "--5, 90", "\u0665, 90"})
    void insteadOfAnotherTheNearestHoldsAndOfNoneTheUsualOne(String text, int number) {
        assertThat(DAYS.read(text)).isEmpty();
        assertThat(DAYS.instead(text)).isEqualTo(number);
    }

    @Test
    void whatIsNotClearlyAYesIsANo() {
        Setting.Switch on = new Setting.Switch("switch", true);

        assertThat(on.read("true")).contains(true);
        assertThat(on.read("False")).contains(false);
        assertThat(on.read("yes")).isEmpty();
        assertThat(on.instead("yes")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Rooms", "rooms_and_direct", "everything"})
    void ofWordsThatAreNotKnownTheStrictestHolds(String text) {
        assertThat(StatisticsSettings.ACTIVITY.read(text)).isEmpty();
        assertThat(StatisticsSettings.ACTIVITY.instead(text)).isEqualTo(Activity.OFF);
        assertThat(KeySettings.VALIDATION.instead(text)).isEqualTo(Validation.STRICT);
    }

    @Test
    void wordsAreWrittenAsTheyAreRead() {
        assertThat(StatisticsSettings.ACTIVITY.words()).containsExactly("off", "rooms", "rooms-and-direct");
        assertThat(StatisticsSettings.ACTIVITY.read("rooms-and-direct")).contains(Activity.ROOMS_AND_DIRECT);
        assertThat(StatisticsSettings.ACTIVITY.text(Activity.ROOMS_AND_DIRECT)).isEqualTo("rooms-and-direct");
    }

    @Test
    void aLabelThatIsNoneIsLeftForItsUserToFind() {
        assertThat(BotDomainSettings.NAME.read("omemo-bots")).contains("omemo-bots");
        assertThat(BotDomainSettings.NAME.read("b_c")).isEmpty();
        assertThat(BotDomainSettings.NAME.instead("b_c")).isEqualTo("b_c");
    }
}
