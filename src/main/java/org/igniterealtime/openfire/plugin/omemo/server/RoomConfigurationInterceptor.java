package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerForm;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyFields;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.interceptor.PacketInterceptor;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Stands between rooms and their owners: what owners ask for passes here before the room sees it, and what the room
 * answers before it is sent. As with messages, a failure of ours in an enforced room is a refusal.
 */
final class RoomConfigurationInterceptor implements PacketInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RoomConfigurationInterceptor.class);
    private static final QName ENTRY = QName.get("x", "http://jabber.org/protocol/muc");

    private final Supplier<PolicyBook> policies;
    private final Supplier<Governance> governance;
    private final Rooms rooms;
    private final OwnerRequests requests;
    private final OwnerChoices choices;
    private final RoomAnswers answers;
    private final RequestRefusals refusals;
    private final ReaderLanguages languages;
    private final RoomWatch watch;
    private final Counters counters;

    RoomConfigurationInterceptor(Supplier<PolicyBook> policies, Supplier<Governance> governance, Rooms rooms,
                                 OwnerChoices choices, RequestRefusals refusals, ReaderLanguages languages,
                                 RoomWatch watch, Counters counters) {
        this.policies = policies;
        this.governance = governance;
        this.rooms = rooms;
        this.choices = choices;
        this.refusals = refusals;
        this.languages = languages;
        this.watch = watch;
        this.counters = counters;
        requests = new OwnerRequests(policies, governance, rooms, choices);
        answers = new RoomAnswers(policies, governance, rooms, choices);
    }

    @Override
    public void interceptPacket(Packet packet, Session session, boolean incoming, boolean processed)
        throws PacketRejectedException {
        if (!incoming) {
            return;
        }
        try {
            intercept(packet, session, processed);
        } catch (PacketRejectedException e) {
            throw e;
        } catch (Throwable failure) {
            // Openfire would log what escapes with the whole stanza, and let it pass.
            counters.failures().increment();
            LOG.error("A stanza that may be for a room could not be looked at: {}", failure.getClass().getName());
            if (!processed && packet instanceof IQ && OwnerForm.mayBeSubmitted(packet.getElement())) {
                throw new PacketRejectedException();
            }
        }
    }

    private void intercept(Packet packet, Session session, boolean processed) throws PacketRejectedException {
        if (processed) {
            configured(packet);
        } else if (packet instanceof IQ iq) {
            String type = iq.getElement().attributeValue("type", "");
            if (type.equals("result") || type.equals("error")) {
                if (isOfRoom(iq.getFrom())) {
                    answer(iq, type.equals("result"));
                }
            } else if (isOfRoom(iq.getTo())) {
                request(iq, session);
            }
        } else if (packet instanceof Presence presence && isOfRoom(presence.getTo())) {
            enter(presence);
        }
    }

    private boolean isOfRoom(JID address) {
        return address != null && address.getNode() != null && rooms.serves(address.getDomain());
    }

    private void request(IQ request, Session session) throws PacketRejectedException {
        OwnerForm form = OwnerForm.submitted(request.getElement(), request.getChildElement()).orElse(null);
        if (form == null) {
            return;
        }
        boolean binds = form.policyFields().exist();
        Finding reason;
        try {
            reason = requests.judge(request, form).orElse(null);
        } catch (Throwable failure) {
            failed("A configuration of room {} could not be judged: {}", request.getTo(), failure);
            reason = binds || isEnforced(request.getTo()) ? Finding.of(FindingCode.INTERNAL_FAILURE, "form") : null;
        }
        if (reason != null) {
            counters.refused().increment();
            throw refusal(request, session, reason);
        }
    }

    /** The room has seen it. What it is now may be something that the operator wants to know. */
    private void configured(Packet packet) {
        if (packet instanceof IQ request && isOfRoom(request.getTo()) && isEnforced(request.getTo())
            && OwnerForm.submitted(request.getElement(), request.getChildElement()).isPresent()) {
            watch.lookAt(request.getTo().toBareJID());
        }
    }

    private PacketRejectedException refusal(IQ request, Session session, Finding reason) {
        try {
            return refusals.refuse(request, session, reason,
                Texts.in(new PacketSender(request, session, rooms).language()));
        } catch (Throwable failure) {
            failed("Who wants to configure room {} could not be told: {}", request.getTo(), failure);
            return new PacketRejectedException();
        }
    }

    private void answer(IQ answer, boolean isResult) {
        Optional<PolicyFields.Wish> wish = answer.getTo() == null ? Optional.empty() : choices.answered(answer);
        if (!isResult) {
            return;
        }
        try {
            if (wish.isPresent()) {
                choices.store(answer.getFrom().asBareJID(), wish.get(), answer.getTo());
            }
            answers.complete(answer, () -> Texts.in(languages.of(answer.getTo())));
        } catch (Throwable failure) {
            failed("What room {} answers could not be completed: {}", answer.getFrom(), failure);
            if (wish.isPresent()) {
                RequestRefusals.turnIntoError(answer, Finding.of(FindingCode.INTERNAL_FAILURE, "policy"),
                    Texts.in(Locale.ENGLISH));
            }
        }
    }

    /**
     * Openfire takes somebody who enters without a word about MUC for a client of old, and opens a new room at once, as it
     * is. With that word the room waits for its configuration, which can be judged.
     */
    private void enter(Presence presence) throws PacketRejectedException {
        JID to = presence.getTo();
        Element element = presence.getElement();
        if (element.attribute("type") != null || element.element(ENTRY) != null || !isEnforced(to)) {
            return;
        }
        try {
            if (governance.get().concernsNewRooms() && rooms.occupant(to, presence.getFrom()).isEmpty()) {
                element.addElement(ENTRY);
            }
        } catch (Throwable failure) {
            failed("Who enters room {} could not be looked at: {}", to, failure);
            throw new PacketRejectedException();
        }
    }

    private boolean isEnforced(JID room) {
        try {
            return policies.get().policyOf(room.toBareJID(), room.getDomain()).mode() == Mode.ENFORCE;
        } catch (Throwable failure) {
            return true;
        }
    }

    /** The failure alone: neither its message nor the stanza may end up in a log. */
    private void failed(String what, JID room, Throwable failure) {
        counters.failures().increment();
        LOG.error(what, room.toBareJID(), failure.getClass().getName());
    }
}
