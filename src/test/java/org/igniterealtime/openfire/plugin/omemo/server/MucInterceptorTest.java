package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.log4j.Level;
import org.apache.log4j.Logger;
import org.apache.log4j.SimpleLayout;
import org.apache.log4j.WriterAppender;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.policy.Affiliation;
import org.igniterealtime.openfire.plugin.omemo.policy.Finding;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Occupant;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.policy.Role;
import org.igniterealtime.openfire.plugin.omemo.protocol.SampleCiphertext;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.igniterealtime.openfire.plugin.omemo.stats.MessageCounts;
import org.igniterealtime.openfire.plugin.omemo.stats.Sightings;
import org.igniterealtime.openfire.plugin.omemo.stats.Violations;
import org.jivesoftware.openfire.PacketRouter;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What holds whatever breaks. How it works together with a server is tested with a server. */
class MucInterceptorTest {

    private static final Optional<Occupant> MEMBER = Optional.of(new Occupant(Affiliation.MEMBER, Role.PARTICIPANT));

    private final MessageCounts messages = new MessageCounts();
    private final Violations violations = new Violations();
    private final Sightings sightings = new Sightings();
    private final MessageRecorder recorder =
        new MessageRecorder(messages, violations, sightings, jid -> jid.getDomain().equals("example.org"), InstantSource.system());
    private final Counters counters = new Counters();
    private final Set<String> uncounted = new HashSet<>();
    private final List<Packet> routed = new ArrayList<>();
    private final PacketRouter router = router(routed::add);

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aRoomThatCannotBeAskedMeansRefusalWhereThePolicyIsEnforcedAndNowhereElse(Mode mode) {
        MucInterceptor interceptor = interceptor(() -> book(mode), () -> {
            throw new StackOverflowError();
        });

        if (mode == Mode.ENFORCE) {
            assertRefused(interceptor, plaintext());
            assertThat(routed).singleElement().satisfies(bounce ->
                assertThat(bounce.toXML()).contains("internal-failure").doesNotContain("LEAK"));
        } else {
            assertPasses(interceptor, plaintext());
        }
        assertThat(counters.failures().sum()).isEqualTo(mode == Mode.OFF ? 0 : 1);
    }

    @Test
    void aFailureIsLoggedWithoutWhatItSaysAndWithoutTheStanza() {
        StringWriter log = new StringWriter();
        WriterAppender appender = new WriterAppender(new SimpleLayout(), log);
        Logger logger = Logger.getLogger(MucInterceptor.class);
        Level before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addAppender(appender);
        try {
            assertRefused(interceptor(() -> {
                throw new IllegalStateException("LEAK, as exceptions quote what they choke on");
            }, () -> MEMBER), plaintext());
        } finally {
            logger.removeAppender(appender);
            logger.setLevel(before);
        }

        assertThat(log.toString()).contains("refused", "IllegalStateException", "MucInterceptorTest")
            .doesNotContain("LEAK");
    }

    @Test
    void policiesThatCannotBeLookedUpMeanRefusal() {
        assertRefused(interceptor(() -> {
            throw new IllegalStateException();
        }, () -> MEMBER), plaintext());
    }

    @Test
    void aBounceThatCannotBeSentMeansRefusalAllTheSame() {
        PacketRouter broken = router(packet -> {
            throw new IllegalStateException();
        });
        Rooms rooms = rooms(() -> MEMBER);
        MucInterceptor interceptor = new MucInterceptor(() -> book(Mode.ENFORCE), uncounted::contains, rooms, Optional::empty, new RoomWatch(rooms),
            new Bounces(broken, counters), new Notices(broken), counters, recorder);

        assertRefused(interceptor, plaintext());
    }

    @Test
    void aFailureWithAPresenceMeansRefusal() {
        Presence presence = new Presence();
        presence.setFrom("alice@example.org/phone");
        presence.setTo("room@conference.example.org/alice");
        presence.setStatus("LEAK");

        assertRefused(interceptor(() -> {
            throw new IllegalStateException();
        }, () -> MEMBER), presence);
    }

    @Test
    void tellsASenderNoMoreThanTenTimesASecond() {
        MucInterceptor interceptor = interceptor(() -> book(Mode.ENFORCE), () -> MEMBER);

        for (int i = 0; i < 500; i++) {
            assertRefused(interceptor, plaintext());
        }

        assertThat(counters.refused().sum()).isEqualTo(500);
        assertThat(counters.silentRefusals().sum()).isEqualTo(500 - routed.size());
        assertThat(routed).hasSizeBetween(10, 50);
    }

    @Test
    void neverAnswersAnError() throws Exception {
        Message error = plaintext();
        error.getElement().addAttribute("type", "error");
        MucInterceptor interceptor = interceptor(() -> {
            throw new IllegalStateException();
        }, () -> MEMBER);

        assertRefused(interceptor, error);
        assertThat(routed).isEmpty();
    }

    @Test
    void echoesIdAndThreadAndNoContent() {
        Message message = plaintext();
        message.setThread("t1");

        assertRefused(interceptor(() -> book(Mode.ENFORCE), () -> MEMBER), message);

        Message bounce = (Message) routed.get(0);
        assertThat(bounce.getID()).isEqualTo("m1");
        assertThat(bounce.getThread()).isEqualTo("t1");
        assertThat(bounce.getFrom()).hasToString("room@conference.example.org");
        assertThat(bounce.getTo()).hasToString("alice@example.org/phone");
        assertThat(bounce.toXML()).contains("<policy-violation", "code=\"plaintext-body\"", "number=\"101\"")
            .doesNotContain("LEAK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.org", "example.org", "conference.example.org", "bob@other.example.org/x"})
    void looksAtNothingThatIsNotForARoom(String to) {
        Message message = plaintext();
        message.setTo(to);

        assertPasses(interceptor(() -> {
            throw new IllegalStateException();
        }, () -> MEMBER), message);
    }

    @Test
    void looksAtAStanzaOnceWhenItEnters() {
        MucInterceptor interceptor = interceptor(() -> book(Mode.ENFORCE), () -> MEMBER);

        assertThatCode(() -> interceptor.interceptPacket(plaintext(), null, true, true)).doesNotThrowAnyException();
        assertThatCode(() -> interceptor.interceptPacket(plaintext(), null, false, false)).doesNotThrowAnyException();
    }

    @Test
    void takesABlankResourceForNoneAsRoomsDo() {
        Message message = plaintext();
        message.getElement().addAttribute("type", "normal");
        message.setTo(new JID("room", "conference.example.org", " ", true));
        message.getElement().element("body").detach();
        message.addChildElement("encrypted", "urn:xmpp:omemo:1");

        assertRefused(interceptor(() -> book(Mode.ENFORCE), () -> MEMBER), message);
        assertThat(routed.get(0).toXML()).contains("misplaced-element");
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void theRoomOfASelfTestIsGuardedAndNotCounted(Mode mode) {
        MucInterceptor interceptor = interceptor(() -> book(mode), () -> MEMBER);
        uncounted.add("room@conference.example.org");
        judge(interceptor, mode);
        assertThat(List.of(counters.passed().sum(), counters.refused().sum(), counters.violations().sum(),
            counters.rewritten().sum())).containsOnly(0L);
        assertThat(messages.drain()).isEmpty();
        assertThat(violations.drain(System.currentTimeMillis())).isEmpty();

        uncounted.clear();
        judge(interceptor, mode);
        assertThat(counters.refused().sum() + counters.violations().sum()).isEqualTo(1);
        assertThat(messages.drain()).isNotEmpty();
        assertThat(violations.drain(System.currentTimeMillis())).hasSize(1);
    }

    @Test
    void whatCannotBeObservedPassesAndIsCountedOnce() throws Exception {
        Message message = plaintext();
        message.getElement().element("body").detach();
        message.getElement().add(DocumentHelper.parseText("<encrypted xmlns='urn:xmpp:omemo:2'><header sid='1'>"
            + "<keys jid='bob@example.org'><key rid='2'>" + SampleCiphertext.key(1) + "</key></keys></header></encrypted>")
            .getRootElement());

        assertPasses(interceptor(() -> book(Mode.ENFORCE), () -> MEMBER), message);
        assertThat(counters.failures().sum()).isEqualTo(1);
    }

    private static void judge(MucInterceptor interceptor, Mode mode) {
        if (mode == Mode.ENFORCE) {
            assertRefused(interceptor, plaintext());
        } else {
            assertPasses(interceptor, plaintext());
        }
    }

    private MucInterceptor interceptor(Supplier<PolicyBook> policies, Supplier<Optional<Occupant>> occupant) {
        Rooms rooms = rooms(occupant);
        return new MucInterceptor(policies, uncounted::contains, rooms, Optional::empty, new RoomWatch(rooms), new Bounces(router, counters),
            new Notices(router), counters, recorder);
    }

    private static void assertRefused(MucInterceptor interceptor, Packet packet) {
        assertThatThrownBy(() -> interceptor.interceptPacket(packet, null, true, false))
            .isExactlyInstanceOf(PacketRejectedException.class);
    }

    private static void assertPasses(MucInterceptor interceptor, Packet packet) {
        String before = packet.toXML();
        assertThatCode(() -> interceptor.interceptPacket(packet, null, true, false)).doesNotThrowAnyException();
        assertThat(packet.toXML()).isEqualTo(before);
    }

    private static Message plaintext() {
        Message message = new Message();
        message.setID("m1");
        message.setType(Message.Type.groupchat);
        message.setFrom("alice@example.org/phone");
        message.setTo("room@conference.example.org");
        message.setBody("LEAK");
        message.getElement().addAttribute(QName.get("lang", Namespace.XML_NAMESPACE), "en");
        return message;
    }

    private static PolicyBook book(Mode mode) {
        return new PolicyBook(Map.of(), List.of(), Map.of(), Policy.of(mode));
    }

    private static PacketRouter router(java.util.function.Consumer<Packet> sink) {
        return (PacketRouter) Proxy.newProxyInstance(PacketRouter.class.getClassLoader(),
            new Class<?>[] {PacketRouter.class}, (proxy, method, arguments) -> {
                sink.accept((Packet) arguments[0]);
                return null;
            });
    }

    private static Rooms rooms(Supplier<Optional<Occupant>> occupant) {
        return new Rooms() {
            @Override
            public Optional<RoomConfiguration> configuration(JID room) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<RoomPeople> people(JID room) {
                return Optional.empty();
            }

            @Override
            public boolean serves(String domain) {
                return domain.equals("conference.example.org");
            }

            @Override
            public Optional<Occupant> occupant(JID room, JID fullJid) {
                return occupant.get();
            }

            @Override
            public List<Finding> requirementFindings(JID room) {
                return List.of();
            }
        };
    }
}
