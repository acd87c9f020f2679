package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.function.Consumer;
import org.jivesoftware.openfire.muc.MUCEventListener;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * What happens in rooms, as every release of Openfire tells it. The interface has grown and changed: it is compiled as
 * 4.2 has it, and the methods without {@code @Override} are those of later releases.
 */
final class RoomEvents implements MUCEventListener {

    private final RoomWarmUp warmUp;
    private final CommonRooms commonRooms;
    private final EntryNotes entryNotes;
    private final PlanNotes planNotes;
    private final Consumer<JID> destroyed;

    /** @param destroyed is told which room was destroyed */
    RoomEvents(RoomWarmUp warmUp, CommonRooms commonRooms, EntryNotes entryNotes, PlanNotes planNotes,
               Consumer<JID> destroyed) {
        this.warmUp = warmUp;
        this.commonRooms = commonRooms;
        this.entryNotes = entryNotes;
        this.planNotes = planNotes;
        this.destroyed = destroyed;
    }

    @Override
    public void occupantJoined(JID room, JID user, String nickname) {
        commonRooms.entered(room, user);
        warmUp.entered(room);
        entryNotes.entered(room, user);
        planNotes.present(room, user);
    }

    @Override
    public void occupantLeft(JID room, JID user) {
        commonRooms.left(room, user);
    }

    /** Since 4.4. */
    public void occupantLeft(JID room, JID user, String nickname) {
        commonRooms.left(room, user);
    }

    @Override
    public void messageReceived(JID room, JID user, String nickname, Message message) {
        if (user != null) {
            commonRooms.entered(room, user);
            planNotes.present(room, user);
        }
    }

    /** Since 4.7. It does not tell who was kicked. */
    public void occupantNickKicked(JID room, String nickname) {
        // The next question finds out.
    }

    @Override
    public void roomCreated(JID room) {
        // Nobody is inside yet.
    }

    /** Since 5.0. */
    public void roomCreated(long id, JID room) {
        // Nobody is inside yet.
    }

    @Override
    public void roomDestroyed(JID room) {
        destroyed.accept(room);
    }

    /** Since 5.0. */
    public void roomDestroyed(long id, JID room) {
        destroyed.accept(room);
    }

    /** Since 5.0. */
    public void roomClearChatHistory(long id, JID room) {
        // History holds no keys.
    }

    @Override
    public void nicknameChanged(JID room, JID user, String oldNickname, String newNickname) {
        // Nicknames do not matter.
    }

    @Override
    public void privateMessageRecieved(JID to, JID from, Message message) {
        // It does not tell the room.
    }

    @Override
    public void roomSubjectChanged(JID room, JID user, String newSubject) {
        // Subjects do not matter.
    }
}
