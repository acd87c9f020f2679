package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestServer;
import org.igniterealtime.openfire.plugin.omemo.bot.StanzaReceiver;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;

/** This server, as a self-test sees it. */
final class SelfTestSite implements SelfTestServer {

    private final XMPPServer server;
    private final RoomGuard guard;
    private final TemporaryAccounts accounts;

    SelfTestSite(XMPPServer server, RoomGuard guard, TemporaryAccounts accounts) {
        this.server = server;
        this.guard = guard;
        this.accounts = accounts;
    }

    @Override
    public Optional<String> roomService() {
        return server.getMultiUserChatManager().getMultiUserChatServices().stream()
            .filter(service -> !service.isHidden()).map(MultiUserChatService::getServiceDomain).sorted().findFirst()
            .map(domain -> new JID(null, domain, null).getDomain());
    }

    @Override
    public Temporary permitRooms(String domain, BareJid account) {
        MultiUserChatService service =
            server.getMultiUserChatManager().getMultiUserChatService(new JID(null, domain, null));
        if (service == null || !service.isRoomCreationRestricted()) {
            return () -> { };
        }
        JID permitted = new JID(account.toString());
        service.addUserAllowedToCreate(permitted);
        return () -> service.removeUserAllowedToCreate(permitted);
    }

    @Override
    public Temporary policy(BareJid room, String policy) {
        try {
            TemporaryPolicy temporary = guard.temporarily(room, PolicyText.parse(policy));
            return temporary::close;
        } catch (InvalidPolicyException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    @Override
    public LocalAccount openAccount(StanzaReceiver receiver) throws NoAccountException {
        AccountOpening opening = accounts.open(receiver, JiveGlobals.getLocale());
        if (opening instanceof AccountOpening.NotPossible notPossible) {
            throw new NoAccountException(notPossible.reason());
        }
        TemporaryAccount account = ((AccountOpening.Opened) opening).account();
        return new LocalAccount() {
            @Override
            public String jid() {
                return account.jid();
            }

            @Override
            public void send(Element stanza) {
                account.send(stanza);
            }

            @Override
            public void close() {
                account.close();
            }
        };
    }

    @Override
    public boolean hasAccount(BareJid account) {
        try {
            server.getUserManager().getUser(account.local().orElseThrow());
            return true;
        } catch (UserNotFoundException e) {
            return false;
        }
    }
}
