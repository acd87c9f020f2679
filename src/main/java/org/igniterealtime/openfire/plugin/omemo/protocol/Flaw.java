package org.igniterealtime.openfire.plugin.omemo.protocol;

/** What can be wrong with an element of OMEMO's. The names are stable; the phrases are for people. */
public enum Flaw {

    /** The element is in no namespace of OMEMO's. */
    UNKNOWN_NAMESPACE("not in a namespace of OMEMO"),
    /** The element is OMEMO's, but not the one that was asked for. */
    WRONG_ELEMENT("not the expected element"),

    MISSING_HEADER("there is no header"),
    MISSING_ELEMENT("the element is missing"),
    DUPLICATE_ELEMENT("the element is there twice"),
    UNEXPECTED_ELEMENT("unexpected child element"),
    UNEXPECTED_ATTRIBUTE("unexpected attribute"),
    /** A declaration that the element has no use for, a second prefix, or a long one. */
    UNEXPECTED_NAMESPACE("unexpected namespace declaration or prefix"),
    UNEXPECTED_TEXT("text between elements"),
    /** A comment, a processing instruction, a document type, an entity. */
    UNEXPECTED_NODE("neither an element nor text"),

    MISSING_SID("the sender's device id is missing"),
    SID_NOT_DECIMAL("the sender's device id is not a plain number"),
    SID_OUT_OF_RANGE("the sender's device id is not between 1 and 2147483647"),
    MISSING_RID("the recipient's device id is missing"),
    RID_NOT_DECIMAL("the recipient's device id is not a plain number"),
    RID_OUT_OF_RANGE("the recipient's device id is not between 1 and 2147483647"),
    DUPLICATE_RID("the recipient's device id was there before"),
    /** An id in a device list or bundle. */
    MISSING_ID("the id is missing"),
    ID_NOT_DECIMAL("the id is not a plain number"),
    ID_OUT_OF_RANGE("the id is out of range"),
    DUPLICATE_ID("the id was there before"),

    MISSING_JID("the address is missing"),
    INVALID_JID("not a valid bare JID"),
    DUPLICATE_JID("the recipient's address was there before"),

    INVALID_KEY_EXCHANGE("the key exchange mark is not a boolean"),
    CONTRADICTORY_KEY_EXCHANGE("kex and prekey contradict each other"),

    NO_KEYS("there is no key"),
    TOO_MANY_KEYS("too many keys"),
    INVALID_BASE64("not canonical base64"),
    /** Data of a length in bytes that its kind cannot have. */
    IMPLAUSIBLE_LENGTH("implausible length"),
    /** A legacy public key that does not begin with 0x05. */
    WRONG_KEY_TYPE("not a Curve25519 key in the legacy form"),

    MISSING_IV("there is a payload but no initialisation vector"),
    EMPTY_PAYLOAD("the payload is empty"),
    SHORT_PAYLOAD("the payload is shorter than a cipher block"),
    UNALIGNED_PAYLOAD("the payload does not fill its cipher blocks"),
    PAYLOAD_TOO_LONG("the payload is too long"),

    TOO_MANY_DEVICES("too many devices"),
    MISSING_LABEL("a label's signature without a label"),
    INVALID_LABEL("the label has control characters"),
    LABEL_TOO_LONG("the label is too long"),
    NO_PREKEYS("there is no prekey"),
    TOO_MANY_PREKEYS("too many prekeys"),

    NOT_UTF8("not UTF-8"),
    /** Not well-formed, not XML 1.0, or with prefixes that stand for nothing. */
    NOT_XML("not XML"),
    TOO_LARGE("too large"),
    TOO_DEEP("nested too deeply"),
    TOO_MANY_ELEMENTS("too many elements"),
    MISSING_NAMESPACE("an element in no namespace"),
    MISSING_STAMP("the time is missing"),
    INVALID_STAMP("not a date and time"),
    REASON_TOO_LONG("the reason is too long");

    private final String phrase;

    Flaw(String phrase) {
        this.phrase = phrase;
    }

    String phrase() {
        return phrase;
    }
}
