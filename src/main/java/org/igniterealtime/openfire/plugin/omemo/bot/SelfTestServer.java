package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** What the self-test asks of the server that it tests. */
public interface SelfTestServer {

    /** Something that is there until it is closed. */
    interface Temporary extends AutoCloseable {

        @Override
        void close();
    }

    /** An account of the server with a client that is logged in. */
    interface LocalAccount extends StanzaConnection, Temporary {

        /** The full JID. */
        String jid();
    }

    /** There can be no temporary account; the message says why. */
    final class NoAccountException extends Exception {

        private static final long serialVersionUID = 1;

        public NoAccountException(String why) {
            super(why);
        }
    }

    /** The domain of a chat service in which rooms can be made. */
    Optional<String> roomService();

    /** Lets an account make rooms at a chat service, even where not everybody may. */
    Temporary permitRooms(String service, BareJid account);

    /** Puts a policy in force for one room. */
    Temporary policy(BareJid room, String policy);

    /**
     * Makes an account, and logs in.
     *
     * @param receiver for what it is sent
     */
    LocalAccount openAccount(StanzaReceiver receiver) throws NoAccountException;

    /** Whether there is an account of this address. */
    boolean hasAccount(BareJid account);
}
