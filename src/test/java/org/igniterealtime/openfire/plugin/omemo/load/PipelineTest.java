package org.igniterealtime.openfire.plugin.omemo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing but the right answer is counted. */
class PipelineTest {

    private static final String RIGHT = "<iq type=\"result\" id=\"00000000\" from=\"example.org\" to=\"a@example.org/b\"/>";

    @Test
    void rightAnswersAreCountedInAnyOrder() throws IOException {
        assertThat(askOf(2, RIGHT.replace("00000000", "00000001") + RIGHT)).isEqualTo(2);
    }

    @Test
    void aQuestionOfTheServerIsPassedOver() throws IOException {
        assertThat(askOf(1, "<iq type=\"get\" id=\"1-1\" to=\"a@example.org/b\" from=\"example.org\">"
            + "<query xmlns=\"jabber:iq:version\"/></iq>" + RIGHT)).isEqualTo(1);
    }

    @Test
    void anErrorIsNotAnAnswer() {
        assertThatThrownBy(() -> askOf(1, RIGHT.replace("result", "error"))).hasMessageStartingWith("Not a result");
    }

    @Test
    void noRequestIsAnsweredTwice() {
        assertThatThrownBy(() -> askOf(2, RIGHT + RIGHT)).hasMessageStartingWith("Not a result to an open request");
    }

    @Test
    void anAnswerOfAnotherAccountIsNone() {
        assertThatThrownBy(() -> askOf(1, RIGHT.replace("example.org\" ", "example.net\" "))).hasMessageStartingWith("Not from");
    }

    @Test
    void norIsOneOfAnotherLength() {
        assertThatThrownBy(() -> askOf(1, RIGHT.replace("/>", "><items/></iq>")))
            .hasMessageStartingWith("A reply is not of the length expected");
    }

    /** Asks so many pings of a server that says this. */
    private static int askOf(int pings, String replies) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
             XmppSocket client = new XmppSocket(new Socket(server.getInetAddress(), server.getLocalPort()));
             Socket accepted = server.accept()) {
            accepted.getOutputStream().write(replies.getBytes(StandardCharsets.US_ASCII));
            accepted.shutdownOutput();
            Place place = new Place(server.getInetAddress(), server.getLocalPort(), "example.org");
            Question ping = Question.of(Kind.PING, place, new Account("a", 0), 0);
            return new Pipeline(client, Collections.nCopies(pings, ping),
                new ReplyLengths(Map.of(Kind.PING, RIGHT.length() - place.domain().length()))).askAll();
        }
    }
}
