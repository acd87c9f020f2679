package org.igniterealtime.openfire.plugin.omemo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StanzaReaderTest {

    private static final String REPLY = "<iq type=\"result\" id=\"1\"><a><b/></a></iq>";

    /** What is read comes byte by byte. */
    private static StanzaReader of(String text) {
        return new StanzaReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(1, length));
            }
        });
    }

    @Test
    void stanzasAreReadOneByOne() throws IOException {
        StanzaReader reader = of("<stream><features/>" + "<iq id=\"0\"/>" + REPLY + "<presence>x</presence>");

        assertThat(reader.through("<features/>")).isEqualTo("<stream><features/>");
        assertThat(reader.stanza()).isEqualTo("<iq id=\"0\"/>");
        assertThat(reader.startTag()).isEqualTo("<iq type=\"result\" id=\"1\">");
        assertThat(reader.stanza()).isEqualTo(REPLY);
        assertThat(reader.stanza()).isEqualTo("<presence>x</presence>");
        assertThatThrownBy(reader::stanza).isInstanceOf(EOFException.class);
    }

    @Test
    void aStanzaLongerThanTheBufferIsRead() throws IOException {
        String text = "x".repeat(1_000_000);

        assertThat(new StanzaReader(new ByteArrayInputStream(("<iq>" + text + "</iq>").getBytes(StandardCharsets.US_ASCII)))
            .stanza()).hasSize(1_000_009);
    }

    @Test
    void aStanzaOfTheExpectedLengthIsSkipped() throws IOException {
        StanzaReader reader = of(REPLY + "<next/>");

        reader.skip(REPLY.length(), "</iq>");

        assertThat(reader.startTag()).isEqualTo("<next/>");
    }

    @Test
    void oneOfAnotherLengthIsNot() {
        assertThatThrownBy(() -> of(REPLY + REPLY).skip(REPLY.length() + 1, "</iq>"))
            .hasMessageContaining("not of the length expected");
        assertThatThrownBy(() -> of(REPLY + REPLY).skip(REPLY.length() - 1, "</iq>"))
            .hasMessageContaining("not of the length expected");
    }
}
