package org.igniterealtime.openfire.plugin.omemo.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSplitterTest {

    private final List<String> children = new ArrayList<>();
    private final StreamSplitter splitter = new StreamSplitter(children::add);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void findsTheChildrenHoweverTheTextArrives(int pieceLength) {
        String stream = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' a='>'><success x=\"/>\"/>"
            + "<?xml version='1.0'?><stream:stream><stream:features><a/><b></b></stream:features> \n "
            + "<message to='a>b'><body>1 &lt; 2</body><x/></message><iq><![CDATA[</iq>]]></iq><r/></stream:stream>";

        for (int i = 0; i < stream.length(); i += pieceLength) {
            splitter.feed(stream.substring(i, Math.min(stream.length(), i + pieceLength)));
        }

        assertThat(children).containsExactly(
            "<success x=\"/>\"/>",
            "<stream:features><a/><b></b></stream:features>",
            "<message to='a>b'><body>1 &lt; 2</body><x/></message>",
            "<iq><![CDATA[</iq>]]></iq>",
            "<r/>");
    }

    @Test
    void waitsForTheEndOfAChild() {
        splitter.feed("<stream:stream><message><body>half");

        assertThat(children).isEmpty();
    }
}
