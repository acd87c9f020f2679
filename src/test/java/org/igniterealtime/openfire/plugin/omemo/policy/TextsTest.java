package org.igniterealtime.openfire.plugin.omemo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void explainEveryFindingInEveryLanguage(FindingCode code) {
        Finding finding = Finding.exceeded(code, "message/body", 1234, 99);

        for (String language : new String[] {"en", "de"}) {
            Texts texts = Texts.in(Locale.forLanguageTag(language));
            assertThat(texts.language()).isEqualTo(language);
            assertThat(texts.explanation(finding)).isNotBlank().doesNotContain("{");
        }
        assertThat(Texts.in(Locale.GERMAN).explanation(finding))
            .isNotEqualTo(Texts.in(Locale.ENGLISH).explanation(finding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "", "zh-Hant-TW", "x-klingon"})
    void speakEnglishWhereTheyDoNotSpeakTheReadersLanguage(String language) {
        assertThat(Texts.in(Locale.forLanguageTag(language)).language()).isEqualTo("en");
    }

    @Test
    void speakGermanToASwiss() {
        assertThat(Texts.in(Locale.forLanguageTag("de-CH")).language()).isEqualTo("de");
    }

    @Test
    void writeNumbersIntoThePlaceForThem() {
        Finding finding = Finding.exceeded(FindingCode.TOO_MANY_KEYS, "encrypted/header", 2001, 2000);

        assertThat(Texts.in(Locale.ENGLISH).refusal(finding)).contains("encrypted messages only", "2,000 keys");
        assertThat(Texts.in(Locale.GERMAN).refusal(finding)).contains("2.000 Schlüssel");
    }

    @Test
    void areCompleteAndHaveNoQuoteThatAFormatWouldSwallow() throws Exception {
        Properties english = load("/omemo_i18n.properties");
        Properties german = load("/omemo_i18n_de.properties");

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.values()).noneMatch(text -> text.toString().contains("'"));
        assertThat(german.values()).noneMatch(text -> text.toString().contains("'"));
    }

    @Test
    void nameEveryStepOfTheSelfTestAndSayWhatCanBeDoneWhenItFails() throws Exception {
        Properties english = load("/omemo_i18n.properties");

        for (SelfTestStep step : SelfTestStep.values()) {
            assertThat(english).containsKeys("selftest." + step.code() + ".name", "selftest." + step.code() + ".advice");
        }
    }

    private static Properties load(String name) throws Exception {
        Properties properties = new Properties();
        try (var reader = new InputStreamReader(TextsTest.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
