package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a stream of stanzas with as little work as can be, so that the client leaves the processors to the server: where
 * the length of a stanza is known, no more than its start tag and its end are looked at. Bytes are taken as ISO 8859-1;
 * what is read here is ASCII.
 */
final class StanzaReader {

    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final InputStream in;
    private byte[] buffer = new byte[256 * 1024];
    private int start;
    private int end;

    StanzaReader(InputStream in) {
        this.in = in;
    }

    /** How many bytes can be read without waiting. */
    int available() {
        return end - start;
    }

    /** Consumes everything up to the end of this text. */
    String through(String text) throws IOException {
        return take(find(text, 0) + text.length());
    }

    /** The start tag of what comes next, which stays there. */
    String startTag() throws IOException {
        return text(find(">", 0) + 1);
    }

    /** Consumes the next stanza, of whatever length; its element is not nested in itself. */
    String stanza() throws IOException {
        String tag = startTag();
        if (tag.endsWith("/>")) {
            return take(tag.length());
        }
        int name = 1;
        while (" >".indexOf(tag.charAt(name)) < 0) {
            name++;
        }
        String ending = "</" + tag.substring(1, name) + ">";
        return take(find(ending, tag.length()) + ending.length());
    }

    /**
     * Consumes a stanza of that length.
     *
     * @throws IllegalStateException if it does not end there
     */
    void skip(int length, String ending) throws IOException {
        await(length);
        for (int i = 0; i < ending.length(); i++) {
            if (buffer[start + length - ending.length() + i] != ending.charAt(i)) {
                throw new IllegalStateException("A reply is not of the length expected, " + length + ": "
                    + text(Math.min(available(), length)));
            }
        }
        start += length;
    }

    private String take(int length) {
        String text = text(length);
        start += length;
        return text;
    }

    private String text(int length) {
        return new String(buffer, start, length, StandardCharsets.ISO_8859_1);
    }

    private int find(String text, int from) throws IOException {
        for (int offset = from;; offset++) {
            await(offset + text.length());
            int i = 0;
            while (i < text.length() && buffer[start + offset + i] == text.charAt(i)) {
                i++;
            }
            if (i == text.length()) {
                return offset;
            }
        }
    }

    private void await(int length) throws IOException {
        while (available() < length) {
            if (start > 0 && start + length > buffer.length) {
                System.arraycopy(buffer, start, buffer, 0, available());
                end -= start;
                start = 0;
            }
            if (length > buffer.length) {
                if (length > MOST_BYTES) {
                    throw new IllegalStateException("A stanza has more than " + MOST_BYTES + " bytes");
                }
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException("The server has closed the connection; it said: " + text(available()));
            }
            end += read;
        }
    }
}
