package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BareJidTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "juliet@capulet.lit", "capulet.lit", "localhost", "a@b", "j.u.l_i-e+t=1@capulet.lit", "..@b", "foo\\40bar@b",
        "under_score@host_1.example", "[::1]", "juliet@[2001:db8::7]", "192.0.2.1",
        "\u6731\u4e3d\u53f6@\u4f8b\u5b50.lit", "\ud835\udc9c@example.org"})
    void acceptsAddresses(String text) {
        assertThat(BareJid.of(text)).hasValueSatisfying(jid -> assertThat(jid).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "@", "@capulet.lit", "juliet@", "juliet@capulet.lit/balcony", "capulet.lit/", "a/b@c", "/", "a@b@c",
        "a b@c", " a@b", "a@b ", "a@b\n", "a@b c", "a\t@b", "a\"@b", "a&@b", "a'@b", "a:@b", "a<@b", "a>@b",
        "a@b:5222", "a@b!",
        "a@.b", "a@b..c", "a@b..", "a@.", ".", "a@[::1", "a@[]", "a@[x]", "a@::1", "a\u0000@b", "a\u007f@b",
        "a\u00a0@b", "a\u2028@b", "a\u00ad@b", "a\u200b@b", "a\ud800@b", "a\ue000@b", "a@b\u3000"})
    void refusesWhatIsNone(String text) {
        assertThat(BareJid.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Juliet@Capulet.LIT, juliet@capulet.lit",
        "juliet@capulet.lit., juliet@capulet.lit",
        "MU\u0308LLER@B\u00dcCHER.example, m\u00fcller@b\u00fccher.example",
        "mu\u0308ller@bu\u0308cher.example, m\u00fcller@b\u00fccher.example"
    })
    void countsTwoSpellingsAsOne(String spelling, String normal) {
        BareJid jid = BareJid.of(spelling).orElseThrow();
        assertThat(jid).hasToString(normal).isEqualTo(BareJid.of(normal).orElseThrow())
                .hasSameHashCodeAs(BareJid.of(normal).orElseThrow())
                .isEqualByComparingTo(BareJid.of(normal).orElseThrow());
    }

    /** The Greek question mark is a semicolon then, which no domain has. */
    @Test
    void judgesTheNormalSpelling() {
        assertThat(BareJid.of("a\u037eb@c")).isEqualTo(BareJid.of("a;b@c")).isPresent();
        assertThat(BareJid.of("a@b\u037e")).isEqualTo(BareJid.of("a@b;")).isEmpty();
    }

    @Test
    void hasOneNormalSpellingOfEveryCharacter() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            for (String spelling : new String[] {'a' + text + "@b", "a@b" + text}) {
                Optional<BareJid> jid = BareJid.of(spelling);
                assertThat(jid.flatMap(normal -> BareJid.of(normal.toString()))).isEqualTo(jid);
            }
        }
    }

    @Test
    void tellsItsParts() {
        BareJid account = BareJid.of("Juliet@Capulet.lit").orElseThrow();
        assertThat(account.local()).contains("juliet");
        assertThat(account.domain()).isEqualTo("capulet.lit");
        BareJid service = BareJid.of("Capulet.lit").orElseThrow();
        assertThat(service.local()).isEmpty();
        assertThat(service.domain()).isEqualTo("capulet.lit");
    }

    @ParameterizedTest
    @MethodSource
    void boundsEachPart(String text, boolean valid) {
        assertThat(BareJid.of(text).isPresent()).isEqualTo(valid);
    }

    static Stream<Arguments> boundsEachPart() {
        String longest = "a".repeat(1023);
        return Stream.of(
                Arguments.of(longest, true),
                Arguments.of(longest + "@" + longest, true),
                Arguments.of(longest + "a@b", false),
                Arguments.of("a@b" + longest, false),
                Arguments.of("\u00fc".repeat(511) + "@b", true),
                Arguments.of("\u00fc".repeat(512) + "@b", false),
                Arguments.of("a".repeat(100_000), false));
    }
}
