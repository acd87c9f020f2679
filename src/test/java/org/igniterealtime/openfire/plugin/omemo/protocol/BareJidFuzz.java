package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;

/** {@link BareJid}: the normal spelling of an address is one of it. */
public final class BareJidFuzz implements FuzzTarget {

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of("romeo@montague.example", "montague.example", "A@B.", "x@[2001:db8::1]", "ju\u0308rgen@b\u00fccher.de",
                "\ud83e\udd95@a", "\u0130@\u03a3")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean accepts(byte[] input) {
        Optional<BareJid> jid = BareJid.of(new String(input, StandardCharsets.UTF_8));
        jid.ifPresent(address -> {
            assertThat(BareJid.of(address.toString())).hasValueSatisfying(again -> {
                assertThat(again).isEqualTo(address).hasToString(address.toString());
                assertThat(again.local()).isEqualTo(address.local());
                assertThat(again.domain()).isEqualTo(address.domain());
            });
            assertPart(address.domain());
            address.local().ifPresent(BareJidFuzz::assertPart);
        });
        return jid.isPresent();
    }

    private static void assertPart(String part) {
        assertThat(part.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, BareJid.MAX_PART_BYTES);
    }
}
