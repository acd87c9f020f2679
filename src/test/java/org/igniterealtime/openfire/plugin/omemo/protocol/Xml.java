package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.dom4j.io.XMPPPacketReader;
import org.xmlpull.v1.XmlPullParserException;

/** Elements for tests, from text and from the vectors. */
final class Xml {

    private Xml() {
    }

    /** As dom4j's own parser makes it: with namespace declarations, comments, processing instructions. */
    static Element parse(String xml) {
        try {
            return new SAXReader().read(new StringReader(xml)).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    /** As Openfire makes it from what comes over the wire. */
    static Element parseLikeOpenfire(String xml) {
        try {
            return new XMPPPacketReader().read(new StringReader(xml)).getRootElement();
        } catch (DocumentException | XmlPullParserException e) {
            throw new IllegalArgumentException(xml, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base64 of so many bytes. */
    static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    /** Every XML element under this name in a file of vectors. */
    static List<String> vectors(String file, String name) {
        try (InputStream in = Xml.class.getResourceAsStream("/vectors/" + file)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\"" + name + "\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json).results()
                    .map(match -> match.group(1).replace("\\\"", "\"").replace("\\/", "/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
