package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * Something that needs attention.
 *
 * @param key of its text
 * @param words for the places in the text
 * @param link to the page on which something can be done about it
 */
public record Concern(String key, List<Object> words, String link) {

    private static final String PREFIX = "console.concern.";

    static Concern of(String name, String link, Object... words) {
        return new Concern(PREFIX + name, List.of(words), link);
    }
}
