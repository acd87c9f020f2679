package org.igniterealtime.openfire.plugin.omemo.load;

import java.nio.charset.StandardCharsets;

/**
 * An IQ of type get, complete but for its id.
 *
 * @param owner whom it is sent to: a bare JID, or the server for a ping
 * @param head  what stands before the id
 * @param tail  what stands behind it
 */
record Question(Kind kind, String owner, byte[] head, byte[] tail) {

    static Question of(Kind kind, Place place, Account account, int index) {
        String owner = kind == Kind.PING ? place.domain() : place.jid(account.name());
        return new Question(kind, owner, ascii("<iq type='get' id='"),
            ascii("' to='" + owner + "'>" + kind.payload(account.device(index)) + "</iq>"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
