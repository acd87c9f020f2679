package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "AA==, 1", "AAA=, 2", "AAAA, 3", "/+9a, 3", "Zm9vYmFy, 6", "AAAAAAAAAAAA, 9"})
    void acceptsCanonicalText(String text, int bytes) {
        Base64Text data = Base64Text.of(text).orElseThrow();
        assertThat(data.text()).isEqualTo(text);
        assertThat(data.byteLength()).isEqualTo(bytes);
        assertThat(data.decode()).isEqualTo(Base64.getDecoder().decode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "A", "AA", "AAA", "AAAAA", "AA=", "A===", "====", "=AAA", "AA=A", "AAAA====", "AAAA=",
        // bits that padding leaves unused
        "AB==", "AP==", "AAB=", "AAD=",
        // the alphabet for URLs
        "ab-_", "AAAAAAAAAAA-", "_AAAAAAAAAAA",
        "AAA ", " AAA", "AA A", "AAAA\n", "AA\r\n", "AAAA\n\n\n\n", "AAA\t", "AAAAAAAA\nAAA",
        "AAA\u00c1", "AAA\u0141", "\u0141AAAAAAAAAAA", "AAA\u0000", "AAAAAAAAAAA\u00ff", "AAA?", "AAA\ud83d"})
    void refusesWhatIsNotCanonical(String text) {
        assertThat(Base64Text.of(text)).isEmpty();
    }

    @Test
    void judgesEachCharacterAsTheJdkDoesWhereverItStands() {
        for (int position = 0; position < 12; position++) {
            for (char c = 0; c < 0x200; c++) {
                if (c != '=') {
                    String text = "AAAAAAAAAAAA".substring(0, position) + c + "AAAAAAAAAAAA".substring(position + 1);
                    assertThat(Base64Text.of(text).isPresent()).as("%d at %d", (int) c, position)
                            .isEqualTo(decodable(text));
                }
            }
        }
    }

    /** Two characters to Java, one to a charset. */
    @Test
    void refusesACharacterBeyondTheFirst65536WhereverItStands() {
        for (int length = 4; length <= 24; length += 4) {
            for (int position = 0; position <= length - 2; position++) {
                String text = "A".repeat(position) + "\ud83e\udd95" + "A".repeat(length - position - 2);
                assertThat(Base64Text.of(text)).as("%d of %d", position, length).isEmpty();
            }
        }
        assertThat(Base64Text.of("\ud83e\udd95\ud83e\udd95\ud83e\udd95==")).isEmpty();
    }

    @Test
    void acceptsWhateverIsEncoded() {
        Random random = new Random(7);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            Base64Text data = Base64Text.encode(bytes);
            assertThat(Base64Text.of(data.text())).contains(data);
            assertThat(data.byteLength()).isEqualTo(length);
            assertThat(data.decode()).isEqualTo(bytes);
        }
    }

    @Test
    void doesNotShowItsContent() {
        assertThat(Base64Text.of("c2VjcmV0")).hasToString("Optional[base64 of 6 bytes]");
    }

    private static boolean decodable(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
