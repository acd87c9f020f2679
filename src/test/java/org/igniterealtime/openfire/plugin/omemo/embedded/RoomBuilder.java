package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.openfire.muc.MUCRole;
import org.jivesoftware.openfire.muc.MUCRoom;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;

/**
 * A chat room to be. Unless told otherwise it is public, open, semi-anonymous, unmoderated, temporary, and owned by
 * {@code admin}.
 */
public final class RoomBuilder {

    private final MultiUserChatService service;
    private final String name;
    private final List<JID> owners = new ArrayList<>();
    private final List<JID> admins = new ArrayList<>();
    private final List<JID> members = new ArrayList<>();
    private boolean membersOnly;
    private boolean nonAnonymous;
    private boolean persistent;
    private boolean moderated;
    private boolean publicRoom = true;
    private boolean logged;
    private boolean invitesByAnyone;
    private boolean subjectByAnyone;
    private String password;

    RoomBuilder(MultiUserChatService service, String name) {
        this.service = service;
        this.name = name;
    }

    /** Only members, admins and owners may enter. */
    public RoomBuilder membersOnly() {
        membersOnly = true;
        return this;
    }

    /** Occupants see each other's real JIDs. */
    public RoomBuilder nonAnonymous() {
        nonAnonymous = true;
        return this;
    }

    /** The room outlives its last occupant, and the server. */
    public RoomBuilder persistent() {
        persistent = true;
        return this;
    }

    /** Visitors have no voice. */
    public RoomBuilder moderated() {
        moderated = true;
        return this;
    }

    /** Service discovery does not list the room. */
    public RoomBuilder hidden() {
        publicRoom = false;
        return this;
    }

    /** The conversation is logged to the database. */
    public RoomBuilder logged() {
        logged = true;
        return this;
    }

    /** Any occupant may invite, not admins only. */
    public RoomBuilder invitesByAnyone() {
        invitesByAnyone = true;
        return this;
    }

    /** Any occupant may change the subject, not moderators only. */
    public RoomBuilder subjectByAnyone() {
        subjectByAnyone = true;
        return this;
    }

    /** Entering takes this password. */
    public RoomBuilder password(String secret) {
        password = secret;
        return this;
    }

    /** Adds owners: bare JIDs, or names of local accounts. */
    public RoomBuilder owners(String... jids) {
        return add(owners, jids);
    }

    /** Adds admins: bare JIDs, or names of local accounts. */
    public RoomBuilder admins(String... jids) {
        return add(admins, jids);
    }

    /** Adds members: bare JIDs, or names of local accounts. */
    public RoomBuilder members(String... jids) {
        return add(members, jids);
    }

    /**
     * Creates the room, unlocked.
     *
     * @return its bare JID
     * @throws IllegalStateException if there is one of that name or Openfire refuses
     */
    public String create() {
        if (service.hasChatRoom(name)) {
            throw new IllegalStateException("There is a room " + name + " already");
        }
        if (owners.isEmpty()) {
            owners("admin");
        }
        try {
            MUCRoom room = service.getChatRoom(name, owners.get(0));
            room.setCanAnyoneDiscoverJID(nonAnonymous);
            room.setPersistent(persistent);
            room.setModerated(moderated);
            room.setPublicRoom(publicRoom);
            room.setLogEnabled(logged);
            room.setCanOccupantsInvite(invitesByAnyone);
            room.setCanOccupantsChangeSubject(subjectByAnyone);
            room.setPassword(password);
            MUCRole role = room.getRole();
            room.addOwners(owners.subList(1, owners.size()), role);
            room.addAdmins(admins, role);
            for (JID member : members) {
                room.addMember(member, null, role);
            }
            // Last, for Openfire invites whoever becomes a member of a members-only room.
            room.setMembersOnly(membersOnly);
            room.unlock(role);
            if (persistent) {
                room.saveToDB();
            }
            return room.getJID().toBareJID();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot create the room " + name, e);
        }
    }

    private RoomBuilder add(List<JID> to, String... jids) {
        for (String jid : jids) {
            to.add(jid.indexOf('@') < 0 ? new JID(jid, EmbeddedOpenfire.DOMAIN, null) : new JID(jid));
        }
        return this;
    }
}
