package org.igniterealtime.openfire.plugin.omemo.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.igniterealtime.openfire.plugin.omemo.policy.Plan;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.Texts;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Tells those who enter a room, or say something in it, what its policy is about to become (POLICY.md, "Moving"): once per
 * account, room and day.
 */
final class PlanNotes {

    private static final int MOST_REMEMBERED = 100_000;

    private record Reader(String account, String room, LocalDate day) {
    }

    private final Supplier<PolicyBook> policies;
    private final Predicate<JID> isPerson;
    private final ReaderLanguages languages;
    private final Consumer<Packet> notes;
    private final Clock clock;
    private final Cache<Reader, Boolean> told = Caffeine.newBuilder()
        .maximumSize(MOST_REMEMBERED).expireAfterWrite(Duration.ofDays(1)).executor(Runnable::run).build();

    /**
     * @param isPerson whether an address is none of a component
     * @param notes where they go
     * @param clock tells the time, and the zone in which days begin
     */
    PlanNotes(Supplier<PolicyBook> policies, Predicate<JID> isPerson, ReaderLanguages languages, Consumer<Packet> notes,
              Clock clock) {
        this.policies = policies;
        this.isPerson = isPerson;
        this.languages = languages;
        this.notes = notes;
        this.clock = clock;
    }

    /** Somebody is in a room. */
    void present(JID room, JID user) {
        Plan plan = policies.get().policyOf(room.toBareJID(), room.getDomain()).plan();
        if (plan.equals(Plan.NONE)) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        Texts texts = Texts.in(languages.of(user));
        Optional<String> ahead = texts.ahead(plan, today);
        if (ahead.isPresent() && isPerson.test(user)
            && told.asMap().putIfAbsent(new Reader(user.toBareJID(), room.toBareJID(), today), Boolean.TRUE) == null) {
            notes.accept(note(room, user, ahead.get(), texts.language()));
        }
    }

    private static Message note(JID room, JID user, String text, String language) {
        Message note = new Message();
        note.setType(Message.Type.groupchat);
        note.setFrom(room.asBareJID());
        note.setTo(user);
        note.setBody(text);
        note.getElement().element("body").addAttribute(QName.get("lang", Namespace.XML_NAMESPACE), language);
        note.getElement().addElement("no-store", "urn:xmpp:hints");
        return note;
    }
}
