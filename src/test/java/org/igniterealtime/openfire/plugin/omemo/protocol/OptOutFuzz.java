package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;
import org.igniterealtime.openfire.plugin.omemo.fuzz.UntrustedXml;

/** {@link OptOut} of the families that have it. */
public final class OptOutFuzz implements FuzzTarget {

    @Override
    public Stream<byte[]> seeds() {
        return Stream.of("<opt-out xmlns='urn:xmpp:omemo:1'><reason>No key &amp; no lock</reason></opt-out>",
                "<x:opt-out xmlns:x='urn:xmpp:omemo:2'/>")
            .map(xml -> xml.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return UntrustedXml.WORDS;
    }

    @Override
    public boolean accepts(byte[] input) {
        return UntrustedXml.survives(input, OptOut::parse, OptOut::toElement);
    }
}
