package org.igniterealtime.openfire.plugin.omemo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.dom4j.io.XMPPPacketReader;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.xml.sax.SAXException;
import org.xmlpull.v1.XmlPullParserException;

/** Elements as they come from outside: by dom4j's strict parser, and by Openfire's, which lets more pass. */
public final class UntrustedXml {

    /** Words of XML, and of the elements of OMEMO. */
    public static final List<String> WORDS = List.of(
        "xmlns='", "xmlns:x='", "<![CDATA[", "]]>", "<!--", "-->", "<?x ", "?>", "&amp;", "&#x1F995;", "&#0;", "/>", "</",
        "<x:", "eu.siacs.conversations.axolotl", "urn:xmpp:omemo:1", "urn:xmpp:omemo:2", "<encrypted", "<header",
        " sid='1'", "<keys", " jid='a@b'", "<key", " rid='1'", " kex='true'", " prekey='1'", "<iv>", "<payload>",
        "<list", "<devices", "<device", " id='1'", " label='", " labelsig='", "<bundle", "<spk", "<spks>", "<ik>",
        "<prekeys>", "<pk", "<signedPreKeyPublic", " signedPreKeyId='1'", "<signedPreKeySignature>", "<identityKey>",
        "<preKeyPublic", " preKeyId='1'", "<opt-out", "<reason>", "2147483647", "2147483648");

    private static final SAXReader STRICT = strictReader();

    private UntrustedXml() {
    }

    /** What a decoder of the protocol is. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(Element element) throws MalformedElementException;
    }

    /** The elements that this is to one parser or the other. */
    public static Stream<Element> elements(byte[] input) {
        String xml = new String(input, StandardCharsets.UTF_8);
        return Stream.of(strict(xml), lenient(xml)).flatMap(Optional::stream);
    }

    /** Whether this is a valid element; if it is, it must say the same when it was written and is read again. */
    public static <T> boolean survives(byte[] input, Parser<T> parser, Function<T, Element> writer) {
        return elements(input).filter(element -> survives(element, parser, writer)).count() > 0;
    }

    private static <T> boolean survives(Element element, Parser<T> parser, Function<T, Element> writer) {
        T value;
        try {
            value = parser.parse(element);
        } catch (MalformedElementException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
        try {
            assertThat(parser.parse(read(writer.apply(value).asXML()))).isEqualTo(value);
        } catch (DocumentException | MalformedElementException e) {
            throw new AssertionError("what was read cannot be read again", e);
        }
        return true;
    }

    /** By the JDK's parser: that of the tests' class path, Xerces 2.4, misreads characters beyond U+FFFF in attributes. */
    private static SAXReader strictReader() {
        try {
            SAXReader reader = new SAXReader(SAXParserFactory.newDefaultNSInstance().newSAXParser().getXMLReader());
            reader.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            reader.setErrorHandler(null);
            return reader;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Element> strict(String xml) {
        try {
            return Optional.of(read(xml));
        } catch (DocumentException e) {
            return Optional.empty();
        }
    }

    private static Element read(String xml) throws DocumentException {
        return STRICT.read(new StringReader(xml)).getRootElement();
    }

    private static Optional<Element> lenient(String xml) {
        try {
            return Optional.of(new XMPPPacketReader().read(new StringReader(xml)).getRootElement());
        } catch (DocumentException | XmlPullParserException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
