package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * What the value of a listed attribute, or the text of a listed element, may be. Every kind is bounded, so that none
 * carries more than what its XEP puts there.
 */
enum Value {
    /** An identifier that a client made up. */
    ID(bounded(128)),
    /** A JID; the resource may be a nickname. */
    JID(Value::isJid),
    /** A URI by which a client is known. */
    URI(matching("[!-~]{1,128}")),
    /** The namespace of something that is listed itself. */
    NAMESPACE(text -> Allowlist.isKnownNamespace(text)),
    /** A position in a text, or a count. */
    NUMBER(matching("[0-9]{1,7}")),
    /** XEP-0082 date and time. */
    TIMESTAMP(matching("[0-9TZ:.+-]{1,40}")),
    /** A digest in base64 or hexadecimal digits, which may be left out. */
    DIGEST(matching("[A-Za-z0-9+/=]{0,128}")),
    /** A presence's availability (RFC 6121, §4.7.2.1). */
    SHOW(matching("away|chat|dnd|xa")),
    /** A presence's priority. */
    PRIORITY(matching("-?[0-9]{1,3}")),
    /** A word of the protocol. */
    WORD(matching("[a-z0-9-]{1,32}")),
    /** A boolean in either spelling. */
    BOOLEAN(matching("true|false|0|1")),
    /** The namespace of a kind of OMEMO, as XEP-0380 names it. */
    ENCRYPTION(text -> Family.ofNamespace(text).isPresent()),
    /** The name that XEP-0380 gives OMEMO, with what clients make of it. */
    ENCRYPTION_NAME(matching("OMEMOE?([ :][0-9.+]{1,5})?")),
    /** One emoji sequence. */
    EMOJI(Emoji::isOne),
    /** A language tag (RFC 5646). */
    LANGUAGE(matching("[A-Za-z0-9-]{0,35}"));

    /** The form type of a request for voice (XEP-0045, §7.13), and what such a form asks. */
    static final String VOICE_REQUEST = "http://jabber.org/protocol/muc#request";

    private final Predicate<String> rule;

    Value(Predicate<String> rule) {
        this.rule = rule;
    }

    boolean admits(String text) {
        return rule.test(text);
    }

    /** Whether the sender is free to write what they like into it, within bounds. */
    boolean isFree() {
        return this == ID || this == JID || this == URI || this == DIGEST;
    }

    /** What a field of a voice request may hold, by its name; empty for a field that is not of that form. */
    static Optional<Predicate<String>> ofVoiceRequestField(String name) {
        return Optional.ofNullable(switch (name) {
            case "FORM_TYPE" -> VOICE_REQUEST::equals;
            case "muc#role" -> WORD.rule;
            case "muc#jid" -> JID.rule;
            case "muc#roomnick" -> ID.rule;
            case "muc#request_allow" -> BOOLEAN.rule;
            default -> null;
        });
    }

    private static boolean isJid(String text) {
        int slash = text.indexOf('/');
        return BareJid.of(slash < 0 ? text : text.substring(0, slash)).isPresent()
            && (slash < 0 || ID.admits(text.substring(slash + 1)));
    }

    private static Predicate<String> bounded(int length) {
        return text -> !text.isEmpty() && text.length() <= length && text.chars().noneMatch(Character::isISOControl);
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
