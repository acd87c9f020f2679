package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,                  2026-01-02T03:04:05Z",
        "2004-01-25T06:05:00+01:00,             2004-01-25T05:05:00Z",
        "1969-07-21T02:56:15.123-05:30,         1969-07-21T08:26:15.123Z",
        "2026-01-02T03:04:05.1Z,                2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.123456789987654Z,  2026-01-02T03:04:05.123456789Z",
        "2024-02-29T00:00:00-00:00,             2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z,                  0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z,        9999-12-31T23:59:59.999999999Z"})
    void readsAndWrites(String text, String written) {
        Instant instant = DateTime.parse(text).orElseThrow();
        assertThat(DateTime.write(instant)).isEqualTo(written);
        assertThat(DateTime.parse(written)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Z", "2026-01-02", "03:04:05Z", "2026-01-02T03:04:05", "2026-01-02T03:04Z", "2026-01-02 03:04:05Z",
        "2026-01-02t03:04:05z", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:056Z", "2026-01-02T03:04:05+01",
        "26-01-02T03:04:05Z",
        "2026-01-02T03:04:05+0100", "2026-01-02T03:04:05+01:00:00", "2026-01-02T03:04:05+19:00", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-01-02T24:00:00Z", "2026-01-02T23:59:60Z", "2026-01-02T03:04:05Z ",
        "-2026-01-02T03:04:05Z",
        "+12026-01-02T03:04:05Z", "20260102T03:04:05", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        "\u0662026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000000000000000000000000000000000000000000Z"})
    void refusesWhatIsNoTime(String text) {
        assertThat(DateTime.parse(text)).isEmpty();
    }
}
