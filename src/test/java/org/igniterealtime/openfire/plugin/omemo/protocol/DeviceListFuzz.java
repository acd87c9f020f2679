package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.fuzz.FuzzTarget;
import org.igniterealtime.openfire.plugin.omemo.fuzz.UntrustedXml;

/** {@link DeviceList} of every family. */
public final class DeviceListFuzz implements FuzzTarget {

    /** Small, so that the fuzzer meets it. */
    private static final int MAX_DEVICES = 4;

    @Override
    public Stream<byte[]> seeds() {
        return Arrays.stream(Family.values()).map(Samples::deviceList).map(xml -> xml.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return UntrustedXml.WORDS;
    }

    @Override
    public boolean accepts(byte[] input) {
        return UntrustedXml.survives(input, element -> DeviceList.parse(element, MAX_DEVICES), DeviceListFuzz::write);
    }

    /** An empty list is read, but never written. */
    private static Element write(DeviceList list) {
        String name = list.family() == Family.LEGACY ? "list" : "devices";
        return list.devices().isEmpty()
            ? Xml.parse("<" + name + " xmlns='" + list.family().namespace() + "'/>") : list.toElement();
    }
}
