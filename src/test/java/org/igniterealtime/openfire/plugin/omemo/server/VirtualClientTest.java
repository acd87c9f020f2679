package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmpp.packet.Message;

class VirtualClientTest {

    /** As Openfire 4.2 does for one occupant of a room after the other. */
    @Test
    void whatWasDeliveredStaysAsItWasWhenThePacketChanges() {
        StanzaInbox inbox = new StanzaInbox();
        VirtualClient client = new VirtualClient(inbox);
        Message message = new Message();
        message.setTo("first@example.org");
        client.deliver(message);

        message.setTo("second@example.org");
        client.deliver(message);

        assertThat(inbox.all()).extracting(stanza -> stanza.attributeValue("to"))
            .containsExactly("first@example.org", "second@example.org");
    }
}
