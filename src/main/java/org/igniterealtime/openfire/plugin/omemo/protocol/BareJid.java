package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of an account or a service: {@code local@domain} or {@code domain}, never with a resource (RFC 7622).
 *
 * <p>It is checked for structure (lengths, forbidden characters) and spelt in one way (lower case, NFC, no dot at the
 * end), so that two spellings of one address are equal. It is no full PRECIS and IDNA preparation: which scripts and
 * symbols an account may use is for the server to say that hosts it.
 */
public final class BareJid implements Comparable<BareJid> {

    /** The length of each part in bytes of UTF-8 (RFC 7622, sections 3.2 and 3.3). */
    public static final int MAX_PART_BYTES = 1023;

    private static final String FORBIDDEN_IN_LOCAL = "\"&'/:<>@";
    private static final String PUNCTUATION_IN_DOMAIN = "-._";
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final byte PLAIN = 1;
    private static final byte DOT = 2;
    private static final byte OTHER = 4;
    private static final byte[] KINDS = new byte[0x80];

    static {
        for (char c = 0; c < KINDS.length; c++) {
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            KINDS[c] = plain ? PLAIN : c == '.' ? DOT : OTHER;
        }
    }

    private final String text;
    private final int domainStart;

    private BareJid(String text, int domainStart) {
        this.text = text;
        this.domainStart = domainStart;
    }

    /** The text as an address, or empty if it is none or has a resource. */
    public static Optional<BareJid> of(String text) {
        int at = text.indexOf('@');
        if (at == 0 || text.length() > 2 * MAX_PART_BYTES + 2) {
            return Optional.empty();
        }
        if (text.length() <= MAX_PART_BYTES && isPlain(text, at + 1, text.length())
                && (at < 0 || isPlain(text, 0, at))) {
            return Optional.of(new BareJid(text, at + 1));
        }
        String local = at < 0 ? "" : text.substring(0, at);
        String domain = text.substring(at + 1);
        if (domain.endsWith(".")) {
            domain = domain.substring(0, domain.length() - 1);
        }
        // What is judged is the normal spelling: in it the Greek question mark, for one, is a semicolon.
        local = normal(local);
        domain = normal(domain);
        if (!isLocal(local) || !isDomain(domain) || !fits(local) || !fits(domain)) {
            return Optional.empty();
        }
        return Optional.of(at < 0 ? new BareJid(domain, 0) : new BareJid(local + '@' + domain, local.length() + 1));
    }

    /** The part before the {@code @}, if there is one. */
    public Optional<String> local() {
        return domainStart == 0 ? Optional.empty() : Optional.of(text.substring(0, domainStart - 1));
    }

    /** The part after the {@code @}. */
    public String domain() {
        return text.substring(domainStart);
    }

    /**
     * Whether this part is valid and in its normal spelling at first sight, as nearly all are: a-z, 0-9, hyphens, and
     * single dots between them. Free of branches that depend on the text, for it runs once for each recipient.
     */
    private static boolean isPlain(String text, int from, int to) {
        int seen = 0;
        int adjacent = 0;
        int before = DOT;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int kind = c < KINDS.length ? KINDS[c] : OTHER;
            seen |= kind;
            adjacent |= kind & before;
            before = kind;
        }
        return ((seen & OTHER) | ((adjacent | before) & DOT)) == 0;
    }

    private static boolean isLocal(String local) {
        return local.codePoints().allMatch(c -> FORBIDDEN_IN_LOCAL.indexOf(c) < 0 && isVisible(c));
    }

    private static boolean isDomain(String domain) {
        if (domain.startsWith("[")) {
            return domain.matches("\\[[0-9A-Fa-f:.]+]");
        }
        return !domain.isEmpty() && !domain.startsWith(".") && !domain.endsWith(".") && !domain.contains("..")
                && domain.codePoints().allMatch(BareJid::isDomainCharacter);
    }

    private static boolean isDomainCharacter(int c) {
        return c < 0x80
                ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                        || PUNCTUATION_IN_DOMAIN.indexOf(c) >= 0
                : isVisible(c);
    }

    private static boolean isVisible(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7f;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static String normal(String part) {
        return Normalizer.normalize(part.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static boolean fits(String part) {
        return part.length() <= MAX_PART_BYTES
                && part.getBytes(StandardCharsets.UTF_8).length <= MAX_PART_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BareJid that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** By the normal spelling. It also keeps hash tables fast when somebody chooses addresses whose hashes collide. */
    @Override
    public int compareTo(BareJid that) {
        return text.compareTo(that.text);
    }

    /** The address in its normal spelling. */
    @Override
    public String toString() {
        return text;
    }
}
