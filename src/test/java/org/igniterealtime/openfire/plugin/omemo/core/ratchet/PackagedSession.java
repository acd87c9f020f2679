package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import java.util.concurrent.Callable;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/** A key exchange and a message each way, for a class loader of the packaged core: it needs the core and the JDK. */
public final class PackagedSession implements Callable<byte[]> {

    /** What the last message carried. */
    public static final byte[] PLAINTEXT = {1, 2, 3, 4};

    @Override
    public byte[] call() throws OmemoException {
        Established session = Established.in(Profile.OMEMO_1);
        KeyExchange exchange = KeyExchange.decode(Profile.OMEMO_1, session.keyExchange().encode());
        DoubleRatchet bob = session.responder().respond(exchange).next();
        byte[] answer = bob.encrypt(PLAINTEXT, session.random()).message().encode();
        return session.alice().decrypt(AuthenticatedMessage.decode(answer)).plaintext();
    }
}
