package org.igniterealtime.openfire.plugin.omemo.bot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;

/** What a behaviour can do, and ask. */
interface BotVoice {

    /** Encrypts content for all who belong to the conversation, and sends it. */
    void say(Talk talk, List<ContentElement> content);

    /** The rooms in which it is. */
    Collection<BareJid> rooms();

    /** Whether an account is a bot of this server's. */
    boolean isBot(BareJid account);

    Instant now();

    /** Notes what the operator should know. */
    void problem(String text);

    /** A number that nobody guesses. */
    String token();
}
