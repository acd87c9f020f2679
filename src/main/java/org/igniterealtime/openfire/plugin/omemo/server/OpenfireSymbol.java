package org.igniterealtime.openfire.plugin.omemo.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.xmpp.packet.JID;

/**
 * The methods of Openfire that no compiled call can reach in all releases, looked up by name instead.
 *
 * <p>{@code MUCRoom} is an interface up to 4.6 and a class since 4.7: a call compiled against one of them throws
 * {@link IncompatibleClassChangeError} on the other. {@code MUCRole} has been called {@code MUCOccupant} since 5.0.
 * Only instance methods that are public in every release can stand here. What they return differs between releases and
 * is left open. The build checks each of them against the recorded API of six releases.
 */
public enum OpenfireSymbol {

    /** {@code boolean isMembersOnly()} */
    ROOM_IS_MEMBERS_ONLY(Owners.ROOM, "isMembersOnly"),

    /** {@code boolean canAnyoneDiscoverJID()}: true in a non-anonymous room. */
    ROOM_CAN_ANYONE_DISCOVER_JID(Owners.ROOM, "canAnyoneDiscoverJID"),

    /** The occupant with a full JID, null when it is not in the room. */
    ROOM_OCCUPANT_BY_FULL_JID(Owners.ROOM, "getOccupantByFullJID", JID.class),

    /** The affiliation of an occupant, an enum constant: {@code owner}, {@code admin}, {@code member}... */
    OCCUPANT_AFFILIATION(Owners.OCCUPANT, "getAffiliation"),

    /** The role of an occupant, an enum constant: {@code moderator}, {@code participant}, {@code visitor}... */
    OCCUPANT_ROLE(Owners.OCCUPANT, "getRole");

    private static final class Owners {
        static final List<String> ROOM = List.of("org.jivesoftware.openfire.muc.MUCRoom");
        static final List<String> OCCUPANT =
            List.of("org.jivesoftware.openfire.muc.MUCOccupant", "org.jivesoftware.openfire.muc.MUCRole");
    }

    private final List<String> owners;
    private final String method;
    private final List<Class<?>> parameters;
    private volatile MethodHandle handle;
    private volatile MethodHandle spreader;

    OpenfireSymbol(List<String> owners, String method, Class<?>... parameters) {
        this.owners = owners;
        this.method = method;
        this.parameters = List.of(parameters);
    }

    /** The names that the declaring type has in one release or another; the first one that exists is meant. */
    public List<String> owners() {
        return owners;
    }

    public String method() {
        return method;
    }

    public List<Class<?>> parameters() {
        return parameters;
    }

    /**
     * The method in the Openfire that runs, looked up at the first call. Takes the instance and then the arguments, all
     * of them and the result as {@code Object}.
     *
     * @throws IllegalStateException when this Openfire has no such method
     */
    public MethodHandle handle() {
        MethodHandle found = handle;
        if (found == null) {
            found = find(owners, method, parameters);
            handle = found;
        }
        return found;
    }

    /**
     * Calls the method on an instance.
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

    static MethodHandle find(List<String> owners, String method, List<Class<?>> parameters) {
        for (String owner : owners) {
            Class<?> type;
            try {
                type = Class.forName(owner, false, OpenfireSymbol.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                continue;
            }
            try {
                MethodHandle found = MethodHandles.publicLookup()
                    .unreflect(type.getMethod(method, parameters.toArray(Class<?>[]::new)));
                return found.asType(found.type().generic());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This Openfire has no public " + owner + "." + method + parameters, e);
            }
        }
        throw new IllegalStateException("This Openfire has none of " + owners + ", wanted for " + method + parameters);
    }
}
