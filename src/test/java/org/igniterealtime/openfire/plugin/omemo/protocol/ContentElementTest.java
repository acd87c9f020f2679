package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentElementTest {

    /** As they are sent and as they are written: with apostrophes, without CDATA, else the same. */
    @ParameterizedTest
    @ValueSource(strings = {
        "<body xmlns='jabber:client'>Hi</body>",
        "<body xmlns='jabber:client'/>",
        "<body xmlns='jabber:client' xml:lang='de'>Hallo</body>",
        "<body xmlns='jabber:client'> \n\t two  words \n</body>",
        "<body xmlns='jabber:client'>a&#13;\nb &amp;amp; ]]&gt; ' \" \u00a0\u0085\u2028\ufffd</body>",
        "<body xmlns='jabber:client'>\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 "
            + "\ud83c\uddea\ud83c\uddfa 1\ufe0f\u20e3 e\u0301</body>",
        "<x xmlns='u' a='&#10;&#9;&#13;&amp;&lt;&apos;\"  '/>",
        "<x xmlns='u'> <y> </y>text<y/> </x>",
        "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>\ud83d\udc4b</reaction>"
            + "<reaction>\ud83d\udc22</reaction></reactions>",
        "<displayed xmlns='urn:xmpp:chat-markers:0' id='m'/>",
        "<received xmlns='urn:xmpp:receipts' id='r'/>",
        "<p:x xmlns:p='u' p:a='1' a='2'/>",
        "<p:x xmlns:p='u'><p:y/><y xmlns='v'><p:z/></y></p:x>",
        "<p:x xmlns:p='u'><p:x xmlns:p='v'><p:x xmlns:p='u'/></p:x><p:x/></p:x>",
        "<x xmlns='u'><x xmlns='v'><x xmlns='u'/></x><x/></x>",
        "<x xmlns='u'><y xmlns=''><z/></y><y xmlns=''/></x>",
        "<p:x xmlns:p='u'><y xmlns=''><z/></y><y xmlns=''/></p:x>",
        "<x xmlns='u' xmlns:p='v'>p:names in text, p:unused in names</x>",
        "<x xmlns='u' xmlns:a='1' xmlns:b='2' b:k='x' a:k='y' z='' k='z'/>",
        "<x xmlns='urn:xmpp:sce:0'><rpad/></x>",
        "<payload xmlns='urn:xmpp:sce:0'/>",
        "<p:x xmlns:p='u'><y xmlns='urn:xmpp:sce:0'/></p:x>",
        "<html xmlns='http://jabber.org/protocol/xhtml-im'>"
            + "<body xmlns='http://www.w3.org/1999/xhtml'><p style='a:b'>Hi <b>you</b></p></body></html>",
        "<\u540d xmlns='u' \u00e4='\u00f6'/>"})
    void comesOutAsItWentIn(String xml) throws MalformedElementException {
        for (SceForm form : SceForm.values()) {
            SceContent content = read(form, "", xml);
            ContentElement element = content.elements().get(0);
            assertThat(element.xml()).isEqualTo(xml);
            assertThat(SceContent.parse(content.toBytes(form), form)).isEqualTo(content);
            assertThat(ContentElement.of(element.toElement())).isEqualTo(element).hasSameHashCodeAs(element);
            assertThat(ContentElement.of(Xml.parse(xml))).isEqualTo(element);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
        "<x xmlns=\"u\" a=\"'\"></x>                      | <x xmlns='u' a='&apos;'/>",
        "<x xmlns='u'><![CDATA[a<b&c]]>&gt;<![CDATA[]]></x> | <x xmlns='u'>a&lt;b&amp;c&gt;</x>",
        "<x xmlns='u'>&#x1F995;&quot;</x>                 | <x xmlns='u'>\ud83e\udd95\"</x>",
        "<x   xmlns='u'  a='1'  ><y xmlns='u' /></x >     | <x xmlns='u' a='1'><y/></x>",
        "<x b='1' xmlns:q='v' a='2' xmlns='u'/>           | <x xmlns='u' xmlns:q='v' b='1' a='2'/>",
        "<o:x/>                                           | <o:x xmlns:o='outside'/>",
        "<o:x><o:y o:a=''/></o:x>                         | <o:x xmlns:o='outside'><o:y o:a=''/></o:x>",
        "<x xmlns='u'><o:y/><o:y/></x> | <x xmlns='u'><o:y xmlns:o='outside'/><o:y xmlns:o='outside'/></x>",
        "<x xmlns='u' xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='de'/> | <x xmlns='u' xml:lang='de'/>",
        "<x/>                                             | <x xmlns='urn:xmpp:sce:0'/>",
        "<o:x><y/></o:x>                                  | <o:x xmlns:o='outside'><y xmlns='urn:xmpp:sce:0'/></o:x>"})
    void isWrittenSoThatItNeedsNoContext(String sent, String written) throws MalformedElementException {
        SceContent content = read(SceForm.CONTENT, " xmlns:o='outside'", sent);
        ContentElement element = content.elements().get(0);
        assertThat(element.xml()).isEqualTo(written);
        assertThat(ContentElement.of(element.toElement())).isEqualTo(element);
        assertThat(SceContent.parse(content.toBytes(SceForm.ENVELOPE), SceForm.ENVELOPE)).isEqualTo(content);
    }

    @Test
    void becomesATreeWithItsNamespaces() throws MalformedElementException {
        Element tree = read(SceForm.CONTENT, " xmlns:o='outside'",
                "<o:x a='1' o:b='2' xml:lang='de'>t<y xmlns='v' o:c='3'/>u</o:x>").elements().get(0).toElement();
        assertThat(tree.getQName()).isEqualTo(QName.get("x", "outside"));
        assertThat(tree.getNamespacePrefix()).isEqualTo("o");
        assertThat(tree.attributeValue("a")).isEqualTo("1");
        assertThat(tree.attributeValue(QName.get("b", "outside"))).isEqualTo("2");
        assertThat(tree.attributeValue(QName.get("lang", "http://www.w3.org/XML/1998/namespace"))).isEqualTo("de");
        assertThat(tree.getText()).isEqualTo("tu");
        assertThat(tree.element(QName.get("y", "v")).attributeValue(QName.get("c", "outside"))).isEqualTo("3");
        assertThat(ContentElement.of(Xml.parse(tree.asXML())).xml()).isEqualTo(ContentElement.of(tree).xml());
    }

    @Test
    void keepsAwayFromTheTreesItCameFromAndGoesTo() {
        Element tree = Xml.parse("<body xmlns='jabber:client'>Hi</body>");
        ContentElement element = ContentElement.of(tree);
        tree.setText("changed");
        element.toElement().setText("changed");
        assertThat(element.text()).isEqualTo("Hi");
    }

    @Test
    void isTheSameFromOpenfiresParser() {
        String xml = "<p:x xmlns:p='u' xmlns:q='v' q:a='1'><y xmlns='w'>t</y><p:z/></p:x>";
        assertThat(ContentElement.of(Xml.parseLikeOpenfire(xml)).xml()).isEqualTo(xml);
    }

    @Test
    void declaresWhatABuiltTreeNeeds() {
        Element tree = DocumentHelper.createElement(QName.get("x", "p", "u"));
        tree.addElement(QName.get("y", "p", "v")).addAttribute(QName.get("a", "q", "w"), "1");
        tree.addElement("z");
        assertThat(ContentElement.of(tree).xml())
                .isEqualTo("<p:x xmlns:p='u'><p:y xmlns:p='v' xmlns:q='w' q:a='1'/><z xmlns=''/></p:x>");
    }

    @Test
    void isNotMadeOfWhatNoDocumentCanHold() {
        refused(tree -> tree.setQName(QName.get("x")));
        refused(tree -> tree.addComment("c"));
        refused(tree -> tree.addProcessingInstruction("p", "i"));
        refused(tree -> tree.addEntity("e", "f"));
        refused(tree -> tree.addText("\u0000"));
        refused(tree -> tree.addText("\ud800"));
        refused(tree -> tree.addAttribute("a", "\u0001"));
        refused(tree -> tree.addAttribute(new QName("a", Namespace.get("", "v")), "no prefix"));
        refused(tree -> tree.addAttribute(QName.get("a", "p", "v"), "").setQName(QName.get("x", "p", "u")));
        refused(tree -> tree.setQName(QName.get("x", "xml", "u")));
        refused(tree -> tree.setQName(QName.get("x", "xmlns", "u")));
    }

    private static void refused(Consumer<Element> change) {
        Element tree = DocumentHelper.createElement(QName.get("x", "u"));
        change.accept(tree);
        assertThatIllegalArgumentException().isThrownBy(() -> ContentElement.of(tree));
    }

    @Test
    void isFoundByItsName() throws MalformedElementException {
        SceContent content = read(SceForm.CONTENT, "", "<body xmlns='other'>no</body>"
                + "<body xmlns='jabber:client'>yes</body>"
                + "<body xmlns='jabber:client' xml:lang='de'>ja</body>");
        assertThat(content.body()).contains("yes");
        assertThat(content.find("other", "body").map(ContentElement::text)).isEqualTo(Optional.of("no"));
        assertThat(content.find("other", "x")).isEmpty();
        assertThat(content.elements()).extracting(ContentElement::name).isEqualTo(List.of("body", "body", "body"));
    }

    /** How deep a tree is does not matter to the stack. */
    @Test
    void isMadeOfATreeOfAnyDepth() {
        Element root = DocumentHelper.createElement(QName.get("x", "u"));
        Element deepest = root;
        for (int depth = 1; depth < 20_000; depth++) {
            deepest = deepest.addElement(QName.get("x", "u"));
        }
        ContentElement element = ContentElement.of(root);
        assertThat(element.xml()).hasSize("<x xmlns='u'>".length() + 19_998 * "<x></x>".length() + "<x/></x>".length());
        assertThat(ContentElement.of(element.toElement())).isEqualTo(element);
    }

    private static SceContent read(SceForm form, String declarations, String elements) throws MalformedElementException {
        String xml = "<" + form.element() + " xmlns='" + form.namespace() + "'" + declarations + "><" + form.inner() + ">"
                + elements + "</" + form.inner() + "><rpad/></" + form.element() + ">";
        return SceContent.parse(xml.getBytes(StandardCharsets.UTF_8), form);
    }
}
