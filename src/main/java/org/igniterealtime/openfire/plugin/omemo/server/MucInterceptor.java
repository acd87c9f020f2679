package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.policy.MessageJudge;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PresenceJudge;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.igniterealtime.openfire.plugin.omemo.policy.Verdict;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Stands at the server's gate: every message and presence to a room passes here before the room sees it, is judged by
 * the room's policy, and goes on, is rewritten, or is refused.
 *
 * <p>Openfire logs whatever an interceptor throws, with the whole stanza, and lets the stanza pass. So nothing leaves
 * here but {@link PacketRejectedException}, and a failure of ours in an enforced room is a refusal.
 */
public final class MucInterceptor implements PacketInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(MucInterceptor.class);

    private final Supplier<PolicyBook> policies;
    private final Predicate<String> uncounted;
    private final Rooms rooms;
    private final RoomRolls rolls;
    private final Supplier<Optional<KnownDevices>> devices;
    private final RoomWatch watch;
    private final Bounces bounces;
    private final Notices notices;
    private final Counters counters;
    private final MessageRecorder recorder;

    /**
     * @param uncounted whether what happens in a room, given by its bare JID, is no user's doing and not to be counted
     * @param devices empty while nothing is known of keys: what needs them is refused where a policy is enforced
     */
    MucInterceptor(Supplier<PolicyBook> policies, Predicate<String> uncounted, Rooms rooms,
                   Supplier<Optional<KnownDevices>> devices, RoomWatch watch, Bounces bounces, Notices notices,
                   Counters counters, MessageRecorder recorder) {
        this.policies = policies;
        this.uncounted = uncounted;
        this.rooms = rooms;
        rolls = new RoomRolls(rooms);
        this.devices = devices;
        this.watch = watch;
        this.bounces = bounces;
        this.notices = notices;
        this.counters = counters;
        this.recorder = recorder;
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed)
        throws PacketRejectedException {
        if (!incoming || processed || !(packet instanceof Message || packet instanceof Presence)) {
            return;
        }
        JID to = packet.getTo();
        if (to == null || to.getNode() == null) {
            return;
        }
        Mode mode = Mode.ENFORCE;
        try {
            if (!rooms.serves(to.getDomain())) {
                return;
            }
            Policy policy = policies.get().policyOf(to.toBareJID(), to.getDomain());
            mode = policy.mode();
            if (mode == Mode.OFF) {
                return;
            }
            carryOut(packet, session, policy);
        } catch (PacketRejectedException e) {
            throw e;
        } catch (Throwable failure) {
            fail(packet, session, mode, failure);
        }
    }

    private void carryOut(Packet packet, Session session, Policy policy) throws PacketRejectedException {
        PacketSender sender = new PacketSender(packet, session, rooms);
        List<Encrypted> encrypted = new ArrayList<>(1);
        Verdict verdict = packet instanceof Message
            ? MessageJudge.judge(packet.getElement(), isToOccupant(packet.getTo()), policy, sender,
                new RoomAudience(packet, rolls, devices), encrypted::add)
            : PresenceJudge.judge(packet.getElement(), policy, sender);
        if (verdict.couldNotObserve()) {
            counters.failures().increment();
        }
        if (!uncounted.test(packet.getTo().toBareJID())) {
            recorder.judged(packet, policy, verdict, sender, encrypted);
            counter(policy.mode(), verdict).increment();
        }
        if (policy.mode() == Mode.ENFORCE) {
            enforce(packet, verdict, sender);
            if (packet instanceof Message) {
                watch.noteTraffic(packet.getTo());
            }
        } else if (verdict instanceof Verdict.Refuse refuse && policy.mode() == Mode.WARN && session instanceof ClientSession) {
            notices.send((Message) packet, refuse.reason(), Texts.in(sender.language()));
        }
    }

    private LongAdder counter(Mode mode, Verdict verdict) {
        boolean enforced = mode == Mode.ENFORCE;
        if (verdict instanceof Verdict.Refuse) {
            return enforced ? counters.refused() : counters.violations();
        }
        return enforced && verdict instanceof Verdict.PassRewritten ? counters.rewritten() : counters.passed();
    }

    private void enforce(Packet packet, Verdict verdict, PacketSender sender) throws PacketRejectedException {
        if (verdict instanceof Verdict.PassRewritten rewritten) {
            rewritten.rewrite().applyTo(packet.getElement());
        } else if (verdict instanceof Verdict.Refuse refuse) {
            refuse(packet, refuse.reason(), sender.language());
        }
    }

    private void refuse(Packet packet, Finding reason, Locale language) throws PacketRejectedException {
        if (packet instanceof Message message && !isError(message)) {
            bounces.send(message, reason, Texts.in(language));
        }
        throw new PacketRejectedException();
    }

    private void fail(Packet packet, Session session, Mode mode, Throwable failure) throws PacketRejectedException {
        counters.failures().increment();
        // The failure alone: neither its message nor the stanza may end up in a log.
        LOG.error("A stanza could not be judged by the policy of {} and was {}: {} at {}", packet.getTo().toBareJID(),
            mode == Mode.ENFORCE ? "refused" : "let through", failure.getClass().getName(), origin(failure));
        if (mode != Mode.ENFORCE) {
            return;
        }
        try {
            refuse(packet, Finding.of(FindingCode.INTERNAL_FAILURE, "message"),
                new PacketSender(packet, session, rooms).language());
        } catch (PacketRejectedException e) {
            throw e;
        } catch (Throwable second) {
            throw new PacketRejectedException();
        }
    }

    private static String origin(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    /** Rooms treat a blank resource as none. */
    static boolean isToOccupant(JID to) {
        return to.getResource() != null && !to.getResource().trim().isEmpty();
    }

    /** Errors are never answered, or two entities could answer each other for ever. */
    private static boolean isError(Message message) {
        return Optional.ofNullable(message.getElement().attributeValue("type")).filter("error"::equals).isPresent();
    }
}
