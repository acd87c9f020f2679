package org.igniterealtime.openfire.plugin.omemo.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.dom4j.Element;
import org.jivesoftware.openfire.pubsub.CollectionNode;
import org.jivesoftware.openfire.pubsub.PubSubService;
import org.xmpp.forms.DataForm;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError;

/**
 * The methods and constructors of Openfire that no compiled call can reach in all releases, looked up by name instead.
 *
 * <p>{@code MUCRoom} is an interface up to 4.6 and a class since 4.7: a call compiled against one of them throws
 * {@link IncompatibleClassChangeError} on the other. {@code MUCRole} has been called {@code MUCOccupant} since 5.0. What
 * was added or removed between releases is only called where it exists. Only what is public can stand here. What it
 * returns differs between releases and is left open. The build checks each symbol against the recorded API of those
 * releases in which it is called.
 */
public enum OpenfireSymbol {

    /** {@code boolean isMembersOnly()} */
    ROOM_IS_MEMBERS_ONLY(Owners.ROOM, "isMembersOnly"),

    /** {@code boolean canAnyoneDiscoverJID()}: true in a non-anonymous room. */
    ROOM_CAN_ANYONE_DISCOVER_JID(Owners.ROOM, "canAnyoneDiscoverJID"),

    /** {@code boolean isLocked()}: nobody but owners may enter. */
    ROOM_IS_LOCKED(Owners.ROOM, "isLocked"),

    /** {@code boolean isManuallyLocked()}: it is locked, and not because it is new. */
    ROOM_IS_MANUALLY_LOCKED(Owners.ROOM, "isManuallyLocked"),

    /** The occupant with a full JID, null when it is not in the room. */
    ROOM_OCCUPANT_BY_FULL_JID(Owners.ROOM, "getOccupantByFullJID", JID.class),

    /** {@code Collection<JID>}, bare JIDs and JIDs of groups, as the three that follow. */
    ROOM_OWNERS(Owners.ROOM, "getOwners"),

    ROOM_ADMINS(Owners.ROOM, "getAdmins"),

    ROOM_MEMBERS(Owners.ROOM, "getMembers"),

    ROOM_OUTCASTS(Owners.ROOM, "getOutcasts"),

    /** {@code String getName()}: the part of its address in front of the {@code @}. */
    ROOM_NAME(Owners.ROOM, "getName"),

    /** {@code String getNaturalLanguageName()}: what it is called, whatever its owners like. */
    ROOM_TITLE(Owners.ROOM, "getNaturalLanguageName"),

    /** {@code Set<String>}, the names of all rooms of a service, in memory or not. */
    SERVICE_ROOM_NAMES(Kind.INSTANCE, "4.7", Line.NEWEST, Owners.SERVICE, "getAllRoomNames"),

    /** A {@code List} of the rooms of a service that are in memory: all but those that were not used for long. */
    SERVICE_ROOMS(Kind.INSTANCE, Line.OLDEST, "4.6", Owners.SERVICE, "getChatRooms"),

    /** A {@code Collection} of the occupants. */
    ROOM_OCCUPANTS(Owners.ROOM, "getOccupants"),

    /** The full {@code JID} of an occupant. */
    OCCUPANT_USER_ADDRESS(Owners.OCCUPANT, "getUserAddress"),

    /** The affiliation of an occupant, an enum constant: {@code owner}, {@code admin}, {@code member}... */
    OCCUPANT_AFFILIATION(Owners.OCCUPANT, "getAffiliation"),

    /** The role of an occupant, an enum constant: {@code moderator}, {@code participant}, {@code visitor}... */
    OCCUPANT_ROLE(Owners.OCCUPANT, "getRole"),

    /** Sets the error by which a sender is told of a rejection. */
    REJECTION_ERROR(Kind.INSTANCE, "4.8", Line.NEWEST,
        List.of("org.jivesoftware.openfire.interceptor.PacketRejectedException"), "setRejectionError", PacketError.class),

    /** {@code PEPService getPEPService(JID owner, boolean create)}: null when there is none and none is to be created. */
    PEP_SERVICE(Kind.INSTANCE, "4.6", Line.NEWEST, Owners.PEP_SERVICES, "getPEPService", JID.class, boolean.class),

    /** {@code PEPService getPEPService(String owner)}: null when there is none. Since 4.6 it would create one. */
    PEP_SERVICE_BY_TEXT(Kind.INSTANCE, Line.OLDEST, "4.5", Owners.PEP_SERVICES, "getPEPService", String.class),

    /** Creates a leaf node as an owner's request would, when there is none of that name, and answers nobody. */
    CREATE_NODE(Kind.STATIC, "4.3", Line.NEWEST, Owners.ENGINE, "createNodeHelper",
        PubSubService.class, JID.class, Element.class, String.class, DataForm.class),

    /** A leaf node with the defaults of its service, not stored yet. */
    NEW_LEAF_NODE(Kind.CONSTRUCTOR, Line.OLDEST, "4.2", List.of("org.jivesoftware.openfire.pubsub.LeafNode"), "<init>",
        PubSubService.class, CollectionNode.class, String.class, JID.class),

    /** Deletes a node: {@code boolean} up to some release, {@code void} since. */
    NODE_DELETE(Kind.INSTANCE, Line.OLDEST, Line.NEWEST, List.of("org.jivesoftware.openfire.pubsub.Node"), "delete"),

    /** Writes all items that wait to be written, on the other nodes of the cluster, too, if that is asked for. */
    WRITE_PENDING_ITEMS(Kind.STATIC, Line.OLDEST, "4.5", List.of("org.jivesoftware.openfire.pubsub.PubSubPersistenceManager"),
        "flushPendingItems", boolean.class),

    /** What keeps nodes and items. */
    PERSISTENCE_PROVIDER(Kind.INSTANCE, "4.6", Line.NEWEST, List.of("org.jivesoftware.openfire.pubsub.PubSubModule"),
        "getPersistenceProvider"),

    /** Writes all that waits to be written, on the other nodes of the cluster, too, if that is asked for. */
    WRITE_PENDING_CHANGES(Kind.INSTANCE, "4.6", Line.NEWEST,
        List.of("org.jivesoftware.openfire.pubsub.CachingPubsubPersistenceProvider"), "flushPendingChanges",
        boolean.class);

    /** What a symbol is, and hence how it is called. */
    public enum Kind { INSTANCE, STATIC, CONSTRUCTOR }

    private static final class Line {
        static final String OLDEST = "4.2";
        static final String NEWEST = "5.1";
    }

    private static final class Owners {
        static final List<String> ROOM = List.of("org.jivesoftware.openfire.muc.MUCRoom");
        static final List<String> SERVICE = List.of("org.jivesoftware.openfire.muc.MultiUserChatService");
        static final List<String> OCCUPANT =
            List.of("org.jivesoftware.openfire.muc.MUCOccupant", "org.jivesoftware.openfire.muc.MUCRole");
        static final List<String> PEP_SERVICES = List.of("org.jivesoftware.openfire.pep.PEPServiceManager");
        static final List<String> ENGINE = List.of("org.jivesoftware.openfire.pubsub.PubSubEngine");
    }

    private final Kind kind;
    private final String since;
    private final String until;
    private final List<String> owners;
    private final String method;
    private final List<Class<?>> parameters;
    private volatile MethodHandle handle;
    private volatile MethodHandle spreader;

    OpenfireSymbol(List<String> owners, String method, Class<?>... parameters) {
        this(Kind.INSTANCE, Line.OLDEST, Line.NEWEST, owners, method, parameters);
    }

    OpenfireSymbol(Kind kind, String since, String until, List<String> owners, String method, Class<?>... parameters) {
        this.kind = kind;
        this.since = since;
        this.until = until;
        this.owners = owners;
        this.method = method;
        this.parameters = List.of(parameters);
    }

    public Kind kind() {
        return kind;
    }

    /** The first line of releases in which it is called, such as {@code 4.6}. */
    public String since() {
        return since;
    }

    /** The last line of releases in which it is called. */
    public String until() {
        return until;
    }

    /** The names that the declaring type has in one release or another; the first one that exists is meant. */
    public List<String> owners() {
        return owners;
    }

    /** The method's name, {@code <init>} for a constructor. */
    public String method() {
        return method;
    }

    public List<Class<?>> parameters() {
        return parameters;
    }

    /** Whether the Openfire that runs has it. */
    public boolean exists() {
        if (handle != null) {
            return true;
        }
        try {
            return handle() != null;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /**
     * The method in the Openfire that runs, looked up at the first call. Takes the instance, which counts only where there
     * is one, and then the arguments, all of them and the result as {@code Object}.
     *
     * @throws IllegalStateException when this Openfire has no such method
     */
    public MethodHandle handle() {
        MethodHandle found = handle;
        if (found == null) {
            found = find(kind, owners, method, parameters);
            handle = found;
        }
        return found;
    }

    /**
     * Calls the method on an instance, or on nothing if it needs none.
     *
     * @return what it returns, null for {@code void}
     * @throws Exception what the method throws, unchanged
     * @throws IllegalStateException when this Openfire has no such method
     */
    public Object invoke(Object instance, Object... arguments) throws Exception {
        MethodHandle found = spreader;
        if (found == null) {
            found = handle().asSpreader(Object[].class, parameters.size());
            spreader = found;
        }
        try {
            return found.invokeExact(instance, arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }

    static MethodHandle find(Kind kind, List<String> owners, String method, List<Class<?>> parameters) {
        for (String owner : owners) {
            Class<?> type;
            try {
                type = Class.forName(owner, false, OpenfireSymbol.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                continue;
            }
            try {
                return uniform(kind, find(kind, type, method, parameters.toArray(Class<?>[]::new)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This Openfire has no public " + owner + "." + method + parameters, e);
            }
        }
        throw new IllegalStateException("This Openfire has none of " + owners + ", wanted for " + method + parameters);
    }

    private static MethodHandle find(Kind kind, Class<?> type, String method, Class<?>[] parameters)
        throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        if (kind == Kind.CONSTRUCTOR) {
            return lookup.unreflectConstructor(type.getConstructor(parameters));
        }
        Method found = type.getMethod(method, parameters);
        if (Modifier.isStatic(found.getModifiers()) != (kind == Kind.STATIC)) {
            throw new NoSuchMethodException("It is " + found);
        }
        return lookup.unreflect(found);
    }

    private static MethodHandle uniform(Kind kind, MethodHandle found) {
        MethodHandle onInstance = kind == Kind.INSTANCE ? found : MethodHandles.dropArguments(found, 0, Object.class);
        return onInstance.asType(onInstance.type().generic());
    }
}
