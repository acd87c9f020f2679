package org.igniterealtime.openfire.plugin.omemo.server;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.util.JiveGlobals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes temporary accounts, and sees to it that none is left: each is noted in a property before it is created until it is
 * deleted, so that one that a killed process left behind is known to a later one.
 */
public final class TemporaryAccounts {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryAccounts.class);

    /** Before the account's name; the value is when it was created. */
    static final String NOTE = "plugin.omemo.selftest.account.";

    private static final String PREFIX = "omemo-selftest-";
    private static final int NAME_BYTES = 10;
    /** Twice as many characters: no more fit into Openfire's table. */
    private static final int PASSWORD_BYTES = 16;
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * NAME_BYTES + "}");
    private static final String DISPLAYED = "OMEMO self-test";

    /** Those of this process that are not deleted yet, whoever made them. */
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    private final SecureRandom random = new SecureRandom();
    private final XMPPServer server;
    private final AccountTraces traces;

    public TemporaryAccounts(XMPPServer server) {
        this.server = server;
        traces = new AccountTraces(server);
    }

    /**
     * Creates an account and logs in, without becoming available.
     *
     * @param receiver for what is delivered to it
     * @param language of its session
     */
    public AccountOpening open(StanzaReceiver receiver, Locale language) {
        String name = PREFIX + random(NAME_BYTES);
        OPEN.add(name);
        try {
            if (UserManager.getUserProvider().isReadOnly()) {
                return notPossible(name, "the server's user store is read-only");
            }
            JiveGlobals.setProperty(NOTE + name, Instant.now().toString());
            server.getUserManager().createUser(name, random(PASSWORD_BYTES), DISPLAYED, null);
            return new AccountOpening.Opened(new TemporaryAccount(server, name, language, receiver, () -> delete(name)));
        } catch (UserAlreadyExistsException e) {
            // It is somebody else's.
            JiveGlobals.deleteProperty(NOTE + name);
            return notPossible(name, e.toString());
        } catch (RuntimeException e) {
            delete(name);
            return notPossible(name, e.toString());
        }
    }

    /** Whether an account of this server is there for a self-test of this process, and no user's. Any thread. */
    static boolean isOpen(BareJid account) {
        return account.local().filter(OPEN::contains).isPresent();
    }

    private static AccountOpening notPossible(String name, String why) {
        OPEN.remove(name);
        return new AccountOpening.NotPossible("A temporary account could not be created: " + why);
    }

    /**
     * Deletes the accounts that earlier processes left behind. In a cluster it is for the node that has the bots to do so: it
     * knows nothing of accounts that another node has made and still needs.
     */
    public void sweep() {
        List<String> properties = JiveGlobals.getPropertyNames();
        for (String property : properties) {
            if (property.startsWith(NOTE)) {
                String name = property.substring(NOTE.length());
                // Whatever else may be noted there, it is not for us to delete.
                if (NAME.matcher(name).matches() && OPEN.add(name)) {
                    LOG.info("The account {} was left behind by a self-test that was cut off; it is deleted.", name);
                    delete(name);
                }
            }
        }
    }

    /** It stays noted if it cannot be deleted. */
    private void delete(String name) {
        try {
            traces.erase(name);
            JiveGlobals.deleteProperty(NOTE + name);
        } catch (RuntimeException e) {
            LOG.error("The temporary account {} could not be deleted; that is tried again later: {}", name, e.toString());
        } finally {
            OPEN.remove(name);
        }
    }

    private String random(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
