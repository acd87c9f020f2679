package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only servers may process never comes out of a content, and is never put into one. */
class ServerElementsTest {

    private static final String BODY = "<body xmlns='jabber:client'>Hi</body>";

    @ParameterizedTest
    @ValueSource(strings = {
        "<store xmlns='urn:xmpp:hints'/>",
        "<no-copy xmlns='urn:xmpp:hints'/>",
        "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='room@example.org'/>",
        "<addresses xmlns='http://jabber.org/protocol/address'><address type='to' jid='a@b'/></addresses>",
        "<address xmlns='http://jabber.org/protocol/address' type='ofrom' jid='a@b/c'/>",
        "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:omemo:1'/>"})
    void areDroppedAndNotPutIn(String xml) throws MalformedElementException {
        assertThat(read(xml + BODY + xml)).extracting(ContentElement::xml).containsExactly(BODY);
        assertThat(read(xml)).isEmpty();
        ContentElement element = ContentElement.of(Xml.parse(xml));
        assertThatIllegalArgumentException().isThrownBy(() ->
            new SceContent(List.of(element), "", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<origin-id xmlns='urn:xmpp:sid:0' id='1'/>",
        "<delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05Z'/>",
        "<stanza-id xmlns='urn:example'/>",
        "<forwarded xmlns='urn:xmpp:forward:0'><store xmlns='urn:xmpp:hints'/></forwarded>"})
    void othersStay(String xml) throws MalformedElementException {
        assertThat(read(xml)).extracting(ContentElement::xml).containsExactly(xml);
    }

    @Test
    void areCountedWhenAFlawIsPlaced() {
        assertThatExceptionOfType(MalformedElementException.class)
            .isThrownBy(() -> read("<store xmlns='urn:xmpp:hints'/><body xmlns=''/>"))
            .withMessageContaining("*[2]");
    }

    private static List<ContentElement> read(String elements) throws MalformedElementException {
        String xml = "<envelope xmlns='urn:xmpp:sce:1'><content>" + elements + "</content><rpad/></envelope>";
        return SceContent.parse(xml.getBytes(StandardCharsets.UTF_8), SceForm.ENVELOPE).elements();
    }
}
