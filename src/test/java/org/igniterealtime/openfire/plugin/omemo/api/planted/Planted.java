package org.igniterealtime.openfire.plugin.omemo.api.planted;

import java.util.List;
import java.util.TimerTask;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.jivesoftware.database.JiveID;
import org.jivesoftware.openfire.Connection;
import org.jivesoftware.openfire.ConnectionCloseListener;
import org.jivesoftware.openfire.IQHandlerInfo;
import org.jivesoftware.openfire.OfflineMessageListener;
import org.jivesoftware.openfire.PacketException;
import org.jivesoftware.openfire.RoutingTable;
import org.jivesoftware.openfire.auth.AuthToken;
import org.jivesoftware.openfire.cluster.ClusterManager;
import org.jivesoftware.openfire.group.Group;
import org.jivesoftware.openfire.handler.IQHandler;
import org.jivesoftware.openfire.muc.MUCEventListener;
import org.jivesoftware.openfire.muc.MUCRole;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.openfire.roster.Roster;
import org.jivesoftware.openfire.session.LocalServerSession;
import org.jivesoftware.openfire.user.User;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.Log;
import org.jivesoftware.util.TaskEngine;
import org.jivesoftware.util.cache.Cache;
import org.jivesoftware.util.cache.CacheFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Classes compiled against Openfire 4.2.0, never run: most of them would fail in a later release. */
@SuppressWarnings("unused")
public final class Planted {

    private Planted() {
    }

    public static class CallsARoom {
        boolean call(MUCRoom room) {
            return room.isMembersOnly();
        }
    }

    public static class RefersToARoomsMethod {
        Function<MUCRoom, Object> refer() {
            return MUCRoom::getOwners;
        }
    }

    public abstract static class IsARoom implements MUCRoom {
    }

    public static class CallsAMethodThatWasRemoved {
        boolean call(UserManager users, JID jid) {
            return users.isRegisteredUser(jid);
        }
    }

    public static class CastsToATypeThatWasRemoved {
        Object cast(Object affiliation) {
            return (MUCRole.Affiliation) affiliation;
        }
    }

    public static class ReadsAConstantThatWasRemoved {
        Object read() {
            return Connection.TLSPolicy.legacyMode;
        }
    }

    public static class RoutesAPacketInThreeArguments {
        void call(RoutingTable table, JID to, Packet packet) throws Exception {
            table.routePacket(to, packet, false);
        }
    }

    public static class SchedulesInMilliseconds {
        void call(TaskEngine engine, TimerTask task) {
            engine.schedule(task, 1000L);
        }
    }

    public static class AsksTheFactoryForALock {
        Lock call(Cache<String, String> cache) {
            return CacheFactory.getLock("key", cache);
        }
    }

    public static class CallsAStaticMethod {
        String call() {
            return JiveGlobals.getProperty("name");
        }
    }

    public static class ListensToOldOfflineMessages implements OfflineMessageListener {
        @Override
        public void messageBounced(Message message) {
        }

        @Override
        public void messageStored(Message message) {
        }
    }

    public static class InheritsFromAListener extends ListensToOldOfflineMessages {
    }

    public static class ListensByLambda {
        ConnectionCloseListener listen() {
            return handback -> { };
        }
    }

    public static class ExtendsAClassThatBecameFinal extends Log {
    }

    public static class CreatesWhatBecameAbstract {
        Object create() {
            return new LocalServerSession("domain", null, null);
        }
    }

    public static class CallsWhatBecameProtected {
        Object call() {
            return new AuthToken("romeo");
        }
    }

    public static class ExtendsWhatBecameProtected extends AuthToken {
        public ExtendsWhatBecameProtected() {
            super("romeo");
        }
    }

    public static class UsesInheritedMembers {
        JID ofASuperclass(Message message) {
            return message.getFrom();
        }

        Function<Message, Object> byReference() {
            return Message::getTo;
        }

        String ofTheJdk(Connection.TLSPolicy policy, Cache<String, String> cache, UserNotFoundException e) {
            return policy.name() + cache.get("key") + e.getMessage() + policy.hashCode();
        }

        Object byWayOfOurOwn(Handler handler) throws Exception {
            handler.process(new IQ());
            return handler.getName();
        }
    }

    public static class Handler extends IQHandler {
        public Handler() {
            super("handler");
        }

        @Override
        public IQ handleIQ(IQ packet) {
            sessionManager.getSession(packet.getFrom());
            return null;
        }

        @Override
        public IQHandlerInfo getInfo() {
            return null;
        }

        @Override
        public void process(Packet packet) {
            super.process(packet);
        }
    }

    /** Has the methods that any release asks for, whether or not 4.2.0 knows them. */
    public static class ListensToRoomsOfAllReleases implements MUCEventListener {
        @Override
        public void roomCreated(JID room) {
        }

        public void roomCreated(long id, JID room) {
        }

        @Override
        public void roomDestroyed(JID room) {
        }

        public void roomDestroyed(long id, JID room) {
        }

        public void roomClearChatHistory(long id, JID room) {
        }

        @Override
        public void occupantJoined(JID room, JID user, String nickname) {
        }

        @Override
        public void occupantLeft(JID room, JID user) {
        }

        public void occupantLeft(JID room, JID user, String nickname) {
        }

        public void occupantNickKicked(JID room, String nickname) {
        }

        @Override
        public void nicknameChanged(JID room, JID user, String oldNickname, String newNickname) {
        }

        @Override
        public void messageReceived(JID room, JID user, String nickname, Message message) {
        }

        @Override
        public void privateMessageRecieved(JID to, JID from, Message message) {
        }

        @Override
        public void roomSubjectChanged(JID room, JID user, String subject) {
        }
    }

    /** Names a type of Openfire in each of the places where a class file can. */
    @JiveID(1)
    public abstract static class MentionsTypesEverywhere {
        private Roster inAField;

        private record Component(Presence inARecord) {
        }

        abstract void inASignature(List<Group> groups);

        abstract void inAThrowsClause() throws UserNotFoundException;

        Object inCode(Object object) {
            try {
                Object array = new JID[] {};
                return object instanceof IQ ? User.class : array;
            } catch (PacketException e) {
                return null;
            }
        }

        Runnable inAMethodReference() {
            return ClusterManager::shutdown;
        }
    }
}
