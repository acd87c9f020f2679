package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;

class WireElementTest {

    private static final String CHILD = "<pubsub xmlns=\"http://jabber.org/protocol/pubsub\"><items node=\"a\"><item id=\"1\">"
        + "<b xmlns=\"urn:b\" label=\"&lt;&quot;\">t&amp;</b></item></items></pubsub>";

    private final WireElement element = new WireElement(QName.get("iq"), CHILD);

    @Test
    void itIsWrittenAsItsText() {
        element.addAttribute("type", "result").addAttribute("id", "<\"&'\n>");

        assertThat(element.asXML()).isEqualTo("<iq type=\"result\" id=\"&lt;&quot;&amp;'&#10;>\">" + CHILD + "</iq>");
    }

    @Test
    void whoeverLooksInsideFindsTheSame() throws Exception {
        element.addAttribute("id", "1");
        String before = element.asXML();

        Element item = new IQ(element, true).getChildElement().element("items").element("item");

        assertThat(item.elements().get(0).attributeValue("label")).isEqualTo("<\"");
        assertThat(element.asXML()).isEqualTo(before);
        assertThat(DocumentHelper.parseText(before).getRootElement().asXML()).isEqualTo(before);
    }

    @Test
    void whoeverLooksForSomethingElseLeavesItAsText() {
        String text = CHILD.replace('"', '\'');
        WireElement element = new WireElement(QName.get("iq"), text);

        for (String other : List.of("private", "pub", "pubsubs", "items")) {
            assertThat(element.elements(QName.get(other, "urn:xmpp:carbons:2"))).isEmpty();
            assertThat(element.element(QName.get(other, "urn:xmpp:carbons:2"))).isNull();
        }
        assertThat(element.asXML()).contains(text);
        assertThat(element.element(QName.get("pubsub", "urn:other"))).isNull();
        assertThat(element.elements(QName.get("pubsub", "http://jabber.org/protocol/pubsub"))).hasSize(1);
        assertThat(new WireElement(QName.get("iq"), "<a:b xmlns:a='n'/>").elements(QName.get("b", "n"))).hasSize(1);
    }

    @Test
    void whatIsChangedInsideIsWritten() {
        element.elements().get(0).addElement("x", "urn:x");

        assertThat(element.asXML()).contains("</items><x xmlns=\"urn:x\"/></pubsub>");
    }

    @Test
    void aCopyIsWrittenLikeItAndIsIndependent() {
        element.addAttribute("to", "a@b/c");

        Element copy = element.createCopy();
        assertThat(copy.asXML()).isEqualTo(element.asXML());
        copy.addAttribute("to", "d");
        copy.clearContent();

        assertThat(copy.asXML()).isEqualTo("<iq to=\"d\"/>");
        assertThat(element.asXML()).contains("to=\"a@b/c\"").contains(CHILD);
        assertThat(new IQ(element, true).createCopy().toXML()).contains("node=\"a\"");
    }

    @Test
    void toLookForWhatIsNotThereMakesNoTree() {
        WireElement broken = new WireElement(QName.get("iq"), "<pubsub");

        assertThat(broken.element(QName.get("private", "urn:xmpp:carbons:2"))).isNull();
        assertThat(broken.elements(QName.get("private", "urn:xmpp:carbons:2"))).isEmpty();
        assertThat(broken.remove((Element) null)).isFalse();
        assertThat(broken.asXML()).isEqualTo("<iq><pubsub</iq>");
    }

    @Test
    void whatIsThereIsFoundAndRemoved() {
        QName name = QName.get("pubsub", "http://jabber.org/protocol/pubsub");

        assertThat(element.elements(name)).containsExactly(element.element(name));
        assertThat(element.remove(element.element(name))).isTrue();
        assertThat(element.asXML()).isEqualTo("<iq/>");
    }
}
