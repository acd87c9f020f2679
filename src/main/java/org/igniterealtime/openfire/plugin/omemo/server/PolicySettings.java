package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.igniterealtime.openfire.plugin.omemo.policy.InvalidPolicyException;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerBounds;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.PropertyEventDispatcher;
import org.jivesoftware.util.PropertyEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies that the operator has set, one to a property of the server (see {@link Scope}), in force as soon as the
 * property changes. A value that cannot be read changes nothing: the last good one stays in force and survives a
 * restart. Where there is none, a room's policy counts as {@link Policy#UNREADABLE}, and a wider one as not set.
 */
public final class PolicySettings implements PropertyEventListener {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySettings.class);

    private final Map<String, PolicySetting> settings = new HashMap<>();
    private final Map<String, String> written = new HashMap<>();
    private final Map<String, Policy> temporary = new ConcurrentHashMap<>();
    private final LastGoodValues lastGood = new LastGoodValues();
    private final Consumer<String> enforcedRoom;
    private final Clock clock;
    private volatile PolicyBook book =
        new PolicyBook(Map.of(), List.of(), Map.of(), Policy.OFF, Map.of(), OwnerBounds.NOTHING);
    /** Until when the book holds, in milliseconds since 1970: plans change it at the beginning of a day. */
    private volatile long holdsUntil = Long.MAX_VALUE;

    /** @param enforcedRoom is told the bare JID of every room for which enforcing is asked by name */
    public PolicySettings(Consumer<String> enforcedRoom) {
        this(enforcedRoom, Clock.system(JiveGlobals.getTimeZone().toZoneId()));
    }

    /** @param clock tells the time, and the zone in which days begin */
    PolicySettings(Consumer<String> enforcedRoom, Clock clock) {
        this.enforcedRoom = enforcedRoom;
        this.clock = clock;
    }

    /** The policies as they stand now. */
    public PolicyBook book() {
        return clock.millis() < holdsUntil ? book : bookOfToday();
    }

    private synchronized PolicyBook bookOfToday() {
        rebuild();
        return book;
    }

    /** What holds because of a property; empty if it sets nothing, or nothing that was ever readable. */
    public synchronized Optional<Policy> inForce(String property) {
        return Optional.ofNullable(settings.get(property)).map(PolicySetting::policy);
    }

    /** Reads all policies and follows their changes. */
    public synchronized void start() {
        PropertyEventDispatcher.addListener(this);
        List<String> names = JiveGlobals.getPropertyNames();
        for (String name : names) {
            String value = name.startsWith(Scope.PREFIX) ? JiveGlobals.getProperty(name) : null;
            if (value != null) {
                read(name, value);
            }
        }
        lastGood.forgetAllBut(settings.keySet());
        rebuild();
    }

    /**
     * Puts a policy in force for one room, in front of all others. It is nowhere stored.
     *
     * @throws IllegalStateException when there is a temporary policy for the room already
     */
    public synchronized TemporaryPolicy temporarily(BareJid room, Policy policy) {
        if (temporary.putIfAbsent(room.toString(), policy) != null) {
            throw new IllegalStateException("There is a temporary policy for " + room + " already");
        }
        rebuild();
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                lift(room);
            }
        };
    }

    /** Whether such a policy is in force for a room. Any thread. */
    public boolean isTemporary(String room) {
        return temporary.containsKey(room);
    }

    private synchronized void lift(BareJid room) {
        temporary.remove(room.toString());
        rebuild();
    }

    /** Follows changes no longer. */
    public void stop() {
        PropertyEventDispatcher.removeListener(this);
    }

    @Override
    public synchronized void propertySet(String name, Map<String, Object> parameters) {
        if (name.startsWith(Scope.PREFIX) && parameters.get("value") instanceof String value) {
            read(name, value);
            rebuild();
        } else if (name.equals(RoomSettings.OWNERS.property())) {
            rebuild();
        }
    }

    @Override
    public synchronized void propertyDeleted(String name, Map<String, Object> parameters) {
        if (written.remove(name) != null) {
            settings.remove(name);
            lastGood.forget(name);
        }
        if (Scope.PREFIX.startsWith(name) || name.startsWith(Scope.PREFIX)) {
            restoreTheOthers();
            rebuild();
        } else if (RoomSettings.OWNERS.property().startsWith(name)) {
            rebuild();
        }
    }

    /**
     * Openfire takes whatever begins with a deleted property's name for its children and deletes it too, without a word:
     * {@code pattern.10} with {@code pattern.1}.
     */
    private void restoreTheOthers() {
        Map.copyOf(written).forEach((name, value) -> {
            if (JiveGlobals.getProperty(name) == null) {
                JiveGlobals.setProperty(name, value);
            }
        });
        lastGood.restore();
    }

    @Override
    public void xmlPropertySet(String name, Map<String, Object> parameters) {
        // Policies are never in the configuration file.
    }

    @Override
    public void xmlPropertyDeleted(String name, Map<String, Object> parameters) {
        // Policies are never in the configuration file.
    }

    private void read(String name, String value) {
        Scope scope = Scope.ofProperty(name).orElse(null);
        if (scope == null) {
            LOG.error("Property {} names neither default, service.<domain>, pattern.<number>, room.<address> nor owner.<address>; "
                + "it has no effect.", name);
            return;
        }
        written.put(name, value);
        try {
            settings.put(name, PolicySetting.parse(scope, value));
            lastGood.remember(name, value);
        } catch (InvalidPolicyException e) {
            fallBack(name, scope, e);
        }
        if (scope instanceof Scope.Room room && settings.get(name).policy().mode() == Mode.ENFORCE) {
            enforcedRoom.accept(room.jid());
        }
    }

    private void fallBack(String name, Scope scope, InvalidPolicyException invalid) {
        if (!settings.containsKey(name)) {
            lastGood.of(name).ifPresent(value -> {
                try {
                    settings.put(name, PolicySetting.parse(scope, value));
                } catch (InvalidPolicyException e) {
                    LOG.warn("The stored last good value of {} cannot be read either: {}", name, e.getMessage());
                }
            });
        }
        if (settings.containsKey(name)) {
            LOG.error("Property {} cannot be read: {}. The last good value stays in force.", name,
                invalid.getMessage());
        } else if (scope instanceof Scope.Room) {
            settings.put(name, new PolicySetting(scope, null, Policy.UNREADABLE));
            LOG.error("Property {} cannot be read: {}. There is no earlier value: encryption is enforced.", name,
                invalid.getMessage());
        } else {
            LOG.error("Property {} cannot be read: {}. There is no earlier value: it has no effect.", name,
                invalid.getMessage());
        }
    }

    /** One address may have been spelt in several ways: the stricter policy holds. */
    private void rebuild() {
        Map<String, Policy> rooms = new HashMap<>();
        Map<Integer, PolicyBook.PatternPolicy> patterns = new TreeMap<>();
        Map<String, Policy> services = new HashMap<>();
        Map<String, Policy> chosen = new HashMap<>();
        Policy usual = Policy.OFF;
        LocalDate today = LocalDate.now(clock);
        for (PolicySetting setting : settings.values()) {
            Policy policy = setting.policy().on(today);
            if (setting.scope() instanceof Scope.Room room) {
                rooms.merge(room.jid(), policy, Policy::stricter);
            } else if (setting.scope() instanceof Scope.Pattern pattern) {
                patterns.put(pattern.order(), new PolicyBook.PatternPolicy(setting.pattern(), policy));
            } else if (setting.scope() instanceof Scope.Service service) {
                services.merge(service.domain(), policy, Policy::stricter);
            } else if (setting.scope() instanceof Scope.Owner owner) {
                chosen.merge(owner.jid(), policy, Policy::stricter);
            } else {
                usual = policy;
            }
        }
        rooms.putAll(temporary);
        book = new PolicyBook(rooms, new ArrayList<>(patterns.values()), services, usual, chosen,
            RoomSettings.OWNERS.value());
        holdsUntil = settings.values().stream().flatMap(setting -> setting.policy().plan().next(today).stream())
            .min(LocalDate::compareTo).map(day -> day.atStartOfDay(clock.getZone()).toInstant().toEpochMilli())
            .orElse(Long.MAX_VALUE);
    }
}
