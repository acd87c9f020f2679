package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bundles as Openfire looks for them: in the console's language, then in that of the machine. */
class ConsoleTextsTest {

    private final Locale machine = Locale.getDefault();

    @AfterEach
    void bringBackTheMachinesLanguage() {
        Locale.setDefault(machine);
    }

    @Test
    void anEnglishConsoleSpeaksEnglishOnAGermanMachine() {
        Locale.setDefault(Locale.GERMANY);

        assertThat(save(Locale.ENGLISH)).isEqualTo("Save");
        assertThat(save(Locale.UK)).isEqualTo("Save");
        assertThat(save(Locale.GERMAN)).isEqualTo("Speichern");
    }

    private static String save(Locale locale) {
        return ResourceBundle.getBundle("omemo_i18n", locale).getString("console.save");
    }
}
