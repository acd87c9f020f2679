package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;

/** {@link Base64Text}: canonical is what the JDK reads and writes again in the same way. */
public final class Base64TextFuzz implements FuzzTarget {

    @Override
    public Stream<byte[]> seeds() {
        return IntStream.of(0, 1, 2, 3, 16, 33).mapToObj(Xml::base64)
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Base64Text> data = Base64Text.of(text);
        assertThat(data.isPresent()).isEqualTo(isCanonical(text));
        data.ifPresent(value -> {
            assertThat(value.decode()).hasSize(value.byteLength());
            assertThat(Base64Text.encode(value.decode())).isEqualTo(value);
        });
        return data.isPresent();
    }

    private static boolean isCanonical(String text) {
        try {
            return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
