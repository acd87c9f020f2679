package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long the reply to a question of each kind is, in bytes, learnt from one that was looked at as a whole. Names of
 * accounts apart, all replies of a kind are equally long: ids and keys are.
 *
 * @param withoutOwner the length without the JID of the account that was asked for
 */
record ReplyLengths(Map<Kind, Integer> withoutOwner) {

    private static final int MOST_OWNER = 1024;

    /**
     * Asks one question of each kind.
     *
     * @param client of the same account as those that will ask
     */
    static ReplyLengths learn(XmppSocket client, Place place, Account account) throws IOException {
        Map<Kind, Integer> lengths = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            String owner = kind == Kind.PING ? place.domain() : place.jid(account.name());
            String reply = client.request("get", owner, kind.payload(account.device(0)));
            kind.check(reply, account, account.device(0));
            lengths.put(kind, reply.length() - owner.length());
        }
        return new ReplyLengths(lengths);
    }

    int of(Question question) {
        return withoutOwner.get(question.kind()) + question.owner().length();
    }

    /** The longest that there is, or somewhat more. */
    int longest() {
        return Collections.max(withoutOwner.values()) + MOST_OWNER;
    }
}
