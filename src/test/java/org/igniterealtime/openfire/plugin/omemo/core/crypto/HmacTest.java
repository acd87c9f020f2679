package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacTest {

    /** RFC 4231, test case 2. */
    private static final byte[] KEY = "Jefe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODE =
        HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    @Test
    void severalUnderDifferentKeysDoNotDisturbEachOther() {
        byte[] code = new byte[Hmac.SIZE];
        try (Hmac outer = Hmac.withKey(KEY)) {
            outer.update(MESSAGE, 0, MESSAGE.length);
            try (Hmac inner = Hmac.withKey(MESSAGE)) {
                assertThat(inner.of(KEY)).isNotEqualTo(CODE);
            }
            outer.finish(code, 0);
        }
        assertThat(code).isEqualTo(CODE);
    }

    @Test
    void whatWasLeftUnfinishedDoesNotReachTheNext() {
        try (Hmac unfinished = Hmac.withKey(MESSAGE)) {
            unfinished.update(KEY, 0, KEY.length);
        }
        try (Hmac hmac = Hmac.withKey(KEY)) {
            assertThat(hmac.of(MESSAGE)).isEqualTo(CODE);
        }
    }
}
