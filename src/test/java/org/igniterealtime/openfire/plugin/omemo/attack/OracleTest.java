package org.igniterealtime.openfire.plugin.omemo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTest {

    private static final String GROUPCHAT = "<message xmlns='jabber:client' from='r@c/n' to='a@b/c' type='groupchat'>%s</message>";

    private final Oracle oracle = new Oracle();

    private void look(String stanza) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(stanza));
        reader.next();
        oracle.look(Seen.read(reader));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<body>anything</body>",
        "<body>This message is encrypted with OMEMO, which your client does not seem to support.</body><body/>",
        "<subject>x</subject>",
        "<html xmlns='http://jabber.org/protocol/xhtml-im'/>",
        "<store xmlns='urn:xmpp:hints'>x</store>",
        "<store xmlns='urn:xmpp:hints' a='x'/>",
        "<store xmlns='urn:xmpp:hints' xmlns:x='urn:x'/>",
        "<store xmlns='urn:xmpp:hints'><!--x--></store>",
        "<store xmlns='urn:xmpp:hints'/><store xmlns='urn:xmpp:hints'/>",
        "text", "<!--x-->", "<?x y?>",
        "<origin-id xmlns='urn:xmpp:sid:0' id=''/>",
        "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>ok</reaction></reactions>",
        "<encrypted xmlns='urn:xmpp:omemo:2'><payload>not base64</payload></encrypted>",
        "<encrypted xmlns='urn:xmpp:omemo:2' a='x'/>",
        "<x xmlns='http://jabber.org/protocol/muc#user'/>"})
    void objectsToWhatIsNotOnTheList(String content) throws XMLStreamException {
        look(String.format(GROUPCHAT, content));

        assertThat(oracle.objections()).hasSize(1);
    }

    @Test
    void objectsToMoreThanABoundedAmountOfTheSendersChoice() throws XMLStreamException {
        String id = "x".repeat(128);
        StringBuilder content = new StringBuilder();
        for (String name : new String[] {"received", "displayed", "acknowledged"}) {
            content.append("<").append(name).append(" xmlns='urn:xmpp:chat-markers:0' id='").append(id).append("' sender='")
                .append(id.repeat(2)).append("'/>");
        }
        look(String.format(GROUPCHAT, content));

        assertThat(oracle.objections()).hasSize(1);
    }

    @Test
    void countsSecretsByTheirPlaceWhereTheyMayStand() throws XMLStreamException {
        String secret = Secret.of(7);
        look(String.format(GROUPCHAT, "<thread>" + secret + "</thread><origin-id xmlns='urn:xmpp:sid:0' id='" + secret
            + "'/><body xml:lang='de'>Eine Nachricht wurde zurückgezogen, was dein Programm anscheinend nicht beherrscht."
            + "</body>"));

        assertThat(oracle.objections()).isEmpty();
        assertThat(oracle.channels()).containsOnlyKeys("message thread", "message origin-id/@id");
    }
}
