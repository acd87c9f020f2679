package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.Optional;

/** The two forms of stanza content encryption (XEP-0420): they differ in names only. */
public enum SceForm {

    /** XEP-0420 0.1 to 0.3, which OMEMO 0.4 to 0.7 uses: {@code <content><payload/>...</content>}. */
    CONTENT("urn:xmpp:sce:0", "content", "payload"),

    /** XEP-0420 0.4 and later, which OMEMO 0.8 and later uses: {@code <envelope><content/>...</envelope>}. */
    ENVELOPE("urn:xmpp:sce:1", "envelope", "content");

    private final String namespace;
    private final String element;
    private final String inner;

    SceForm(String namespace, String element, String inner) {
        this.namespace = namespace;
        this.element = element;
        this.inner = inner;
    }

    /** The form that messages of this family hold; none in the legacy family, which encrypts the bare text of a body. */
    public static Optional<SceForm> of(Family family) {
        return switch (family) {
            case LEGACY -> Optional.empty();
            case OMEMO_1 -> Optional.of(CONTENT);
            case OMEMO_2 -> Optional.of(ENVELOPE);
        };
    }

    /** The namespace of the outer element, the inner one and the affixes. */
    public String namespace() {
        return namespace;
    }

    /** The name of the outer element. */
    public String element() {
        return element;
    }

    /** The name of the element that holds what is sent, apart from the affixes. */
    String inner() {
        return inner;
    }
}
