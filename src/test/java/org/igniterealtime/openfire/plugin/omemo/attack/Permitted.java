package org.igniterealtime.openfire.plugin.omemo.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The table of what may arrive from an enforced room, {@code attack/permitted.txt}, and the kinds of values in it. */
final class Permitted {

    /** In which role a stanza arrives: what the first letter of a line means. */
    enum Where {
        GROUPCHAT('g'), PRIVATE('p'), ERROR('e'), PRESENCE('s'), INVITATION('i');

        private final char letter;

        Where(char letter) {
            this.letter = letter;
        }
    }

    /**
     * An element that may arrive.
     *
     * @param attributes kinds by qualified name
     * @param text       the kind of text, if it may have any
     */
    record Element(boolean many, Map<String, String> attributes, Optional<String> text) {
    }

    private static final Map<String, Predicate<String>> KINDS = Map.ofEntries(
        kind("id", "[^\\p{Cntrl}]{1,128}"), kind("jid", "[^\\p{Cntrl}]{1,2200}"), kind("address", "[^/\\p{Cntrl} ]{1,2048}"),
        kind("uri", "[!-~]{1,128}"), kind("digest", "\\s*[A-Za-z0-9+/=]{0,128}\\s*"), kind("word", "[a-z0-9-]{1,32}"),
        kind("number", "[0-9]{1,7}"), kind("number10", "[0-9]{1,10}"), kind("boolean", "true|false|0|1"),
        kind("time", "[0-9TZ:.+-]{1,40}"), kind("omemo", "OMEMOE?([ :][0-9.+]{1,5})?"), kind("base64", "\\s*[A-Za-z0-9+/]+={0,2}\\s*"),
        kind("family", "eu\\.siacs\\.conversations\\.axolotl|urn:xmpp:omemo:[12]"),
        kind("namespace", "(urn:xmpp|http://jabber\\.org|jabber|eu\\.siacs)[a-z0-9:./#-]{0,60}|"),
        kind("en-or-de", "en|de"), kind("show", "\\s*(away|chat|dnd|xa)\\s*"), kind("priority", "\\s*-?[0-9]{1,3}\\s*"),
        kind("nick", ".{1,1023}"), kind("emoji", "\\s*([^\\p{L}\\p{Nd}\\p{Punct}\\p{Cntrl}\\s]|ℹ|[#*0-9]\\x{fe0f}?\\x{20e3}){1,20}\\s*"),
        Map.entry("ours", ourTexts()::contains));

    private final Map<String, Element> elements = new HashMap<>();

    Permitted() {
        table().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::read);
    }

    private void read(String line) {
        String[] words = line.split("\\s+");
        Map<String, String> attributes = new HashMap<>();
        for (int i = 3; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            attributes.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        Optional<String> text = Optional.ofNullable(attributes.remove("text"));
        int slash = words[2].lastIndexOf('/');
        for (String name : words[2].substring(slash + 1).split("\\|")) {
            boolean many = name.endsWith("*");
            String path = words[2].substring(0, slash + 1) + (many ? name.substring(0, name.length() - 1) : name);
            for (Where where : Where.values()) {
                if (words[0].indexOf(where.letter) >= 0) {
                    elements.put(key(where, words[1].equals("-") ? "jabber:client" : words[1], path),
                        new Element(many, attributes, text));
                }
            }
        }
    }

    Optional<Element> element(Where where, String namespace, String path) {
        return Optional.ofNullable(elements.get(key(where, namespace, path)));
    }

    /** Whether a value is of that kind, as the table writes it. */
    static boolean admits(String kind, String value) {
        return KINDS.get(kind.substring(isFree(kind) ? 1 : 0)).test(value);
    }

    /** Whether values of that kind are the sender's to choose. */
    static boolean isFree(String kind) {
        return kind.startsWith("+");
    }

    private static String key(Where where, String namespace, String path) {
        return where.letter + " " + namespace + " " + path;
    }

    private static Map.Entry<String, Predicate<String>> kind(String name, String pattern) {
        return Map.entry(name, Pattern.compile(pattern, Pattern.DOTALL).asMatchPredicate());
    }

    /** The texts that stand in for bodies, and what is told on entering, in all languages that the plugin speaks. */
    private static Set<String> ourTexts() {
        Set<String> texts = new HashSet<>();
        for (String file : new String[] {"omemo_i18n", "omemo_i18n_de"}) {
            ResourceBundle bundle = ResourceBundle.getBundle(file, java.util.Locale.ROOT);
            texts.add(bundle.getString("fallback.encrypted"));
            texts.add(bundle.getString("fallback.retraction"));
            texts.add(MessageFormat.format(bundle.getString("entry.without-device"), "legacy, 0.4, 0.8+"));
        }
        return texts;
    }

    private static String table() {
        try (var stream = Permitted.class.getResourceAsStream("/attack/permitted.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
