package org.igniterealtime.openfire.plugin.omemo.attack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.igniterealtime.openfire.plugin.omemo.attack.Permitted.Where;

/**
 * Says of what a witness received whether it may be: by the table, which was written from POLICY.md and knows nothing of
 * the policy's code. A secret in a place that is the sender's to choose by nature is counted by place; anywhere else it
 * is an objection, and so is whatever the table does not have.
 */
final class Oracle {

    private static final int LONGEST_PREFIX = 16;
    private static final int LONGEST_ID = 128;
    /** All free values of a stanza together, prefixes included (POLICY.md). */
    private static final int MOST_FREE = 1_024;
    private static final int MOST_OBJECTIONS = 50;
    private static final String STREAM = "jabber:client";

    private final Permitted permitted = new Permitted();
    private final Map<String, Integer> channels = new TreeMap<>();
    private final List<String> objections = new ArrayList<>();

    /** How many secrets came through, by the place in which they stood. */
    synchronized Map<String, Integer> channels() {
        return new TreeMap<>(channels);
    }

    /** What must not have arrived. */
    synchronized List<String> objections() {
        return List.copyOf(objections);
    }

    /** Looks at a stanza. */
    void look(Seen stanza) {
        Look look = new Look(stanza);
        look.stanza();
        look.found.forEach(place -> count(stanza.name() + " " + place));
        if (!look.wrong.isEmpty()) {
            object(String.join("; ", look.wrong) + "\n  in " + shortened(stanza.toString()));
        }
    }

    synchronized void object(String objection) {
        if (objections.size() < MOST_OBJECTIONS) {
            objections.add(objection);
        }
    }

    private synchronized void count(String place) {
        channels.merge(place, 1, Integer::sum);
    }

    private static String shortened(String text) {
        return text.length() <= 4_000 ? text : text.substring(0, 4_000) + "…";
    }

    /** One look at one stanza. */
    private final class Look {

        private final Seen stanza;
        private final List<String> wrong = new ArrayList<>();
        private final Set<String> found = new HashSet<>();
        private int free;

        Look(Seen stanza) {
            this.stanza = stanza;
        }

        private void stanza() {
            if (!stanza.namespace().equals(STREAM)) {
                wrong.add("a stanza in the namespace " + stanza.namespace());
            }
            spelling(stanza, "");
            root();
            layout(stanza, stanza.name());
            Where where = where();
            Set<String> once = new HashSet<>();
            stanza.children().forEach(child -> element(where, child, child.name(), once));
            if (free > MOST_FREE) {
                wrong.add(free + " characters of the sender's choice");
            }
        }

        private Where where() {
            if (stanza.attribute("type").equals("error")) {
                return Where.ERROR;
            }
            if (stanza.name().equals("presence")) {
                return Where.PRESENCE;
            }
            if (stanza.attribute("type").equals("groupchat")) {
                return Where.GROUPCHAT;
            }
            return stanza.attribute("from").indexOf('/') < 0 ? Where.INVITATION : Where.PRIVATE;
        }

        private void root() {
            for (Seen.Attribute attribute : stanza.attributes()) {
                String name = qualified(attribute);
                boolean fits = switch (name) {
                    case "to", "from" -> true;
                    case "id" -> attribute.value().length() <= LONGEST_ID;
                    case "type" -> stanza.name().equals("presence")
                        ? attribute.value().matches("unavailable|error|probe|(un)?subscribed?")
                        : attribute.value().matches("groupchat|chat|normal|error");
                    case "xml:lang" -> attribute.value().matches("[A-Za-z0-9-]{0,35}");
                    default -> false;
                };
                if (!fits) {
                    wrong.add("attribute " + name + "=" + attribute.value());
                }
                look("@" + (name.equals("from") ? "from (nickname)" : name), attribute.value());
            }
        }

        private void element(Where where, Seen element, String path, Set<String> once) {
            Optional<Permitted.Element> row = permitted.element(where, element.namespace(), path);
            if (row.isEmpty()) {
                wrong.add("{" + element.namespace() + "}" + path + " in " + where);
                return;
            }
            if (!once.add(element.namespace() + " " + path) && !row.get().many()) {
                wrong.add("a second " + path);
            }
            spelling(element, path);
            for (Seen.Attribute attribute : element.attributes()) {
                String place = path + "/@" + qualified(attribute);
                String kind = row.get().attributes().get(qualified(attribute));
                if (kind == null || !Permitted.admits(kind, attribute.value())) {
                    wrong.add(place + "=" + attribute.value());
                } else if (Permitted.isFree(kind)) {
                    free += isOpenfires(element, path) ? 0 : attribute.value().length();
                }
                look(place, attribute.value());
            }
            text(element, path, row.get());
            Set<String> inner = new HashSet<>();
            element.children().forEach(child -> element(where, child, path + "/" + child.name(), inner));
        }

        /** What Openfire writes itself is not the sender's. */
        private boolean isOpenfires(Seen element, String path) {
            return path.startsWith("x/") || path.equals("x") || path.startsWith("addresses/")
                && element.attribute("type").equals("ofrom");
        }

        private void text(Seen element, String path, Permitted.Element row) {
            if (row.text().isEmpty()) {
                layout(element, path);
                return;
            }
            String text = element.text().toString();
            String kind = row.text().get();
            if (!element.comments().isEmpty() || !Permitted.admits(kind, kind.equals("+id") ? text.strip() : text)) {
                wrong.add("text of " + path + ": " + text + element.comments());
            }
            free += Permitted.isFree(kind) ? text.strip().length() : 0;
            look(path, text);
        }

        /** White space between elements, and nothing else. */
        private void layout(Seen element, String path) {
            if (!element.text().toString().isBlank() || !element.comments().isEmpty()) {
                wrong.add("text in " + path + ": " + element.text() + element.comments());
            }
        }

        /** Prefixes are the sender's to choose, within bounds; no other namespace than the element's own is declared. */
        private void spelling(Seen element, String path) {
            for (Seen.Declaration declaration : element.declarations()) {
                boolean own = declaration.prefix().equals(element.prefix())
                    && declaration.namespace().equals(element.namespace());
                if (!own && !declaration.namespace().equals(STREAM)) {
                    wrong.add("declares " + declaration.prefix() + "=" + declaration.namespace());
                }
            }
            if (element.prefix().length() > LONGEST_PREFIX && !path.isEmpty() && path.startsWith("encrypted")) {
                wrong.add("prefix " + element.prefix());
            }
            free += path.isEmpty() || path.startsWith("encrypted") ? 0 : element.prefix().length();
            look((path.isEmpty() ? "root" : path) + " prefix", element.prefix());
        }

        private void look(String place, String value) {
            if (Secret.encodedIn(value).isPresent()) {
                found.add(place);
            }
        }

        private static String qualified(Seen.Attribute attribute) {
            return attribute.namespace().isEmpty() ? attribute.name()
                : attribute.namespace().equals("http://www.w3.org/XML/1998/namespace") ? "xml:" + attribute.name()
                : "{" + attribute.namespace() + "}" + attribute.name();
        }
    }
}
