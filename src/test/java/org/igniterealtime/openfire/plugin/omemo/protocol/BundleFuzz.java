package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;
import org.igniterealtime.openfire.plugin.omemo.fuzz.UntrustedXml;

/** {@link Bundle} of every family. */
public final class BundleFuzz implements FuzzTarget {

    /** Small, so that the fuzzer meets it. */
    private static final int MAX_PREKEYS = 6;

    @Override
    public Stream<byte[]> seeds() {
        return Arrays.stream(Family.values()).map(Samples::bundle).map(xml -> xml.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return UntrustedXml.WORDS;
    }

    @Override
    public boolean accepts(byte[] input) {
        return UntrustedXml.survives(input, element -> Bundle.parse(element, MAX_PREKEYS), Bundle::toElement);
    }
}
