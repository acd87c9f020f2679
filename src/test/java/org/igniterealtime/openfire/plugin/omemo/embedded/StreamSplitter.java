package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.util.function.Consumer;

/**
 * Cuts the text of an XMPP stream, which arrives in pieces of any size, into the children of the stream element.
 * Stream restarts are understood; comments and processing instructions, which XMPP forbids, are not.
 */
final class StreamSplitter {

    private final Consumer<String> children;
    private final StringBuilder child = new StringBuilder();
    private final StringBuilder tag = new StringBuilder();
    private boolean inTag;
    private char quote;
    private int depth;

    StreamSplitter(Consumer<String> children) {
        this.children = children;
    }

    void feed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            feed(text.charAt(i));
        }
    }

    private void feed(char c) {
        if (depth > 0) {
            child.append(c);
        }
        if (!inTag) {
            if (c == '<') {
                inTag = true;
                tag.setLength(0);
            } else if (depth == 0) {
                child.setLength(0);
            }
            return;
        }
        boolean inCdata = tag.length() >= 8 && tag.indexOf("![CDATA[") == 0;
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (!inCdata && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == '>' && (!inCdata || endsWith("]]"))) {
            inTag = false;
            endTag();
            return;
        }
        tag.append(c);
    }

    private void endTag() {
        char first = tag.charAt(0);
        if (first == '!' || first == '?') {
            return;
        }
        if (tag.indexOf("stream:stream") == 0) {
            depth = 0;
            child.setLength(0);
            return;
        }
        if (depth == 0) {
            child.append('<').append(tag).append('>');
        }
        if (first == '/') {
            depth--;
        } else if (!endsWith("/")) {
            depth++;
        }
        if (depth < 0) {
            // The end of the stream itself.
            depth = 0;
        } else if (depth == 0) {
            children.accept(child.toString());
        }
        if (depth == 0) {
            child.setLength(0);
        }
    }

    private boolean endsWith(String suffix) {
        int start = tag.length() - suffix.length();
        return start >= 0 && tag.indexOf(suffix, start) == start;
    }
}
