package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * What a page cannot show now, and why.
 *
 * @param parts of the page, as keys of their texts
 * @param key of the text that says why
 * @param words for the places in that text
 */
public record Missing(List<String> parts, String key, List<Object> words) {

    private static final String PREFIX = "console.missing.";

    static Missing of(List<String> parts, String reason, Object... words) {
        return new Missing(parts.stream().map(part -> PREFIX + part).toList(), PREFIX + "why-" + reason, List.of(words));
    }
}
