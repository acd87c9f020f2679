package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;
import org.igniterealtime.openfire.plugin.omemo.fuzz.UntrustedXml;

/** {@link Encrypted} of every family. */
public final class EncryptedFuzz implements FuzzTarget {

    /** Small, so that the fuzzer meets them. */
    private static final EncryptedLimits LIMITS = new EncryptedLimits(4, 256);

    @Override
    public Stream<byte[]> seeds() {
        return Stream.concat(Arrays.stream(Family.values()).map(Samples::encrypted),
                Xml.vectors("vectors-omemo2.json", "xml").stream())
            .map(xml -> xml.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return UntrustedXml.WORDS;
    }

    @Override
    public boolean accepts(byte[] input) {
        return UntrustedXml.survives(input, element -> Encrypted.parse(element, LIMITS), Encrypted::toElement);
    }
}
