package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * One connection's load: there are always {@link #DEPTH} requests under way. Each reply has to be a result, to a request
 * that is still open, from whom it was sent to, and as long as the right answer is; anything else ends the program.
 */
final class Pipeline {

    static final int DEPTH = 32;

    private static final int ID_LENGTH = XmppSocket.id(0).length();
    private static final int MOST_REQUESTS = 50_000_000;

    private final XmppSocket client;
    private final List<Question> questions;
    private final ReplyLengths lengths;
    private final int longest;
    private final BitSet open = new BitSet();
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(64 * 1024);
    private int asked;
    private int answered;

    Pipeline(XmppSocket client, List<Question> questions, ReplyLengths lengths) {
        this.client = client;
        this.questions = questions;
        this.lengths = lengths;
        longest = lengths.longest();
    }

    /** Asks every question once. @return how many replies came */
    int askAll() throws IOException {
        return run(questions.size(), Long.MAX_VALUE);
    }

    /** Asks the questions again and again. @param until when the last may be sent, as {@link System#nanoTime} tells it */
    int askUntil(long until) throws IOException {
        return run(MOST_REQUESTS, until - System.nanoTime());
    }

    private int run(int most, long nanos) throws IOException {
        long begin = System.nanoTime();
        do {
            boolean more = System.nanoTime() - begin < nanos;
            batch.reset();
            while (more && asked < most && asked - answered < DEPTH) {
                ask(questions.get(asked % questions.size()));
            }
            client.send(batch.toByteArray(), batch.size());
            if (answered < asked) {
                do {
                    takeReply();
                } while (answered < asked && client.reader().available() > longest);
            }
        } while (answered < asked);
        return answered;
    }

    private void ask(Question question) {
        batch.writeBytes(question.head());
        batch.writeBytes(XmppSocket.id(asked).getBytes(StandardCharsets.US_ASCII));
        batch.writeBytes(question.tail());
        open.set(asked++);
    }

    private void takeReply() throws IOException {
        String tag;
        try {
            tag = client.reader().startTag();
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("No replies to " + open + " of " + asked + " requests, the first of them "
                + questions.get(open.nextSetBit(0) % questions.size()).kind(), e);
        }
        if (tag.startsWith("<iq") && tag.contains(" type=\"get\"")) {
            // Openfire 5 asks clients for their version; it can do without an answer.
            client.reader().stanza();
            return;
        }
        int number = id(tag);
        if (!XmppSocket.isResult(tag) || number < 0 || !open.get(number)) {
            throw new IllegalStateException("Not a result to an open request: " + client.reader().stanza());
        }
        Question question = questions.get(number % questions.size());
        if (!tag.contains(" from=\"" + question.owner() + "\"")) {
            throw new IllegalStateException("Not from " + question.owner() + ": " + client.reader().stanza());
        }
        client.reader().skip(lengths.of(question), question.kind() == Kind.PING ? "/>" : "</iq>");
        open.clear(number);
        answered++;
    }

    private static int id(String tag) {
        int at = tag.indexOf(" id=\"");
        try {
            return Integer.parseInt(tag, at + 5, at + 5 + ID_LENGTH, 10);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return -1;
        }
    }
}
