package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRequestTest {

    private static final String BUNDLES = "urn:xmpp:omemo:2:bundles";

    @Test
    void allItemsAreAskedFor() {
        assertThat(answer("<items node='urn:xmpp:omemo:2:bundles'/>"))
            .isEqualTo(items("<item id=\"&lt;&quot;&amp;\"><c/></item><item id=\"1\"><a/></item><item id=\"2\"><b/></item>"));
    }

    @Test
    void theNewestAreAskedFor() {
        assertThat(answer("<items node='urn:xmpp:omemo:2:bundles' max_items='1'/>"))
            .isEqualTo(items("<item id=\"2\"><b/></item>"));
    }

    @Test
    void someAreAskedForByIdEachOnceAndThoseThatAreNotThereAreLeftOut() {
        assertThat(answer("<items node='urn:xmpp:omemo:2:bundles'>\n <item id='1'/><item id='3'/><item id='2'/>"
            + "<item id='1'/><item id='../x'/></items>"))
            .isEqualTo(items("<item id=\"1\"><a/></item><item id=\"2\"><b/></item>"));
    }

    @Test
    void whatItSaysIsXml() {
        String answer = answer("<items node='urn:xmpp:omemo:2:bundles'><item id='&lt;&quot;&amp;'/></items>");

        assertThat(Samples.parse(answer).element("items").element("item").attributeValue("id")).isEqualTo("<\"&");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<items node='urn:xmpp:bookmarks:1'/>",
        "<items/>",
        "<items node='urn:xmpp:omemo:2:bundles' subid='1'/>",
        "<items node='urn:xmpp:omemo:2:bundles' max_items='0'/>",
        "<items node='urn:xmpp:omemo:2:bundles' max_items='-1'/>",
        "<items node='urn:xmpp:omemo:2:bundles' max_items='1'><item id='1'/></items>",
        "<items node='urn:xmpp:omemo:2:bundles'><item/></items>",
        "<items node='urn:xmpp:omemo:2:bundles'><item id='1' x='2'/></items>",
        "<items node='urn:xmpp:omemo:2:bundles'><item id='1'><a/></item></items>",
        "<items node='urn:xmpp:omemo:2:bundles'><x id='1'/></items>",
        "<items xmlns='other' node='urn:xmpp:omemo:2:bundles'/>",
        "<items node='urn:xmpp:omemo:2:bundles'/><set xmlns='http://jabber.org/protocol/rsm'/>",
        "<subscriptions node='urn:xmpp:omemo:2:bundles'/>", ""})
    void anythingElseIsLeftToTheServer(String child) {
        assertThat(KeyRequest.of(Samples.parse(pubsub(child)))).isEmpty();
    }

    private static String answer(String items) {
        Map<String, String> stored = new LinkedHashMap<>();
        stored.put("2", "<b/>");
        stored.put("1", "<a/>");
        stored.put("<\"&", "<c/>");
        PublishedNode node = new PublishedNode(new NodeConfiguration(NodeConfiguration.OPEN, true, 9), true, stored);
        return KeyRequest.of(Samples.parse(pubsub(items))).orElseThrow().answer(node);
    }

    private static String pubsub(String content) {
        return "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + content + "</pubsub>";
    }

    private static String items(String content) {
        return "<pubsub xmlns=\"http://jabber.org/protocol/pubsub\"><items node=\"" + BUNDLES + "\">" + content
            + "</items></pubsub>";
    }
}
