package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpSession;

/**
 * One line above a page: what has become of a change.
 *
 * @param kind {@code success} or {@code failure}
 * @param key of its text
 * @param words for the places in the text
 */
public record Notice(String kind, String key, List<String> words) {

    private static final String ATTRIBUTE = "omemo.notice";

    static Notice success(String key, String... words) {
        return new Notice("success", key, List.of(words));
    }

    static Notice failure(String key) {
        return new Notice("failure", key, List.of());
    }

    /** Keeps it until the next page is shown. The session outlives the plugin, so it gets none of its classes. */
    void keep(HttpServletRequest request) {
        String[] kept = new String[words.size() + 2];
        kept[0] = kind;
        kept[1] = key;
        for (int i = 0; i < words.size(); i++) {
            kept[i + 2] = words.get(i);
        }
        request.getSession().setAttribute(ATTRIBUTE, kept);
    }

    /** What was kept, once; or null. */
    static Notice take(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (!(session.getAttribute(ATTRIBUTE) instanceof String[] kept)) {
            return null;
        }
        session.removeAttribute(ATTRIBUTE);
        return new Notice(kept[0], kept[1], List.of(kept).subList(2, kept.length));
    }
}
