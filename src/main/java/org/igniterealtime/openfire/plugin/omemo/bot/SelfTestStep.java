package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Locale;

/** The steps of the self-test, in their order. */
public enum SelfTestStep {

    /** Two bots come to life, with keys in the database. */
    BOTS,
    /** A local account logs in. */
    ACCOUNT,
    /** It publishes its keys as the XEP prescribes, {@code max_items=max} included. */
    PUBLISH,
    /** A stranger reads them. */
    FETCH,
    /** A room is made, for members only and non-anonymous, in which encryption is enforced. */
    ROOM,
    /** All enter it. */
    ENTER,
    /** A message of 0.4 from one to all the others, and one back. */
    MESSAGE_0_4,
    /** The same with 0.8+. */
    MESSAGE_0_8,
    /** A bot starts anew from what is stored, and goes on with its sessions. */
    RESTART,
    /** Messages that arrive in another order are read. */
    OUT_OF_ORDER,
    /** A reaction and a chat marker inside of the encryption arrive, and are not outside of it. */
    INSIDE_CONTENT,
    /** Plaintext comes back to its sender, reaches nobody, and is not in the room's history. */
    PLAINTEXT,
    /** A message of a family that the room does not accept comes back. */
    WRONG_FAMILY,
    /** Readable content beside an encrypted message comes back with it. */
    LEAK,
    /** A device that was taken off its list is not written to any more. */
    DEVICE_REMOVED,
    /** Nothing is left. */
    CLEAN_UP;

    /** As it is called in logs and texts, such as {@code message-0-4}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
