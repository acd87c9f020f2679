package org.igniterealtime.openfire.plugin.omemo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.igniterealtime.openfire.plugin.omemo.server.FakeRooms.ROOM;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance;
import org.igniterealtime.openfire.plugin.omemo.policy.Governance.Response;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.OwnerBounds;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyBook;
import org.igniterealtime.openfire.plugin.omemo.stats.Counters;
import org.jivesoftware.openfire.PacketRouter;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What holds whatever breaks. How it works together with a server is tested with a server. */
class RoomConfigurationInterceptorTest {

    private static final String OWNER = "http://jabber.org/protocol/muc#owner";
    private static final String ASKS_FOR_MODE =
        "<field var='{urn:igniterealtime:openfire:omemo:0}mode'><value>enforce</value></field>";

    private final FakeRooms rooms = new FakeRooms();
    private final Counters counters = new Counters();
    private final List<Packet> routed = new ArrayList<>();
    private Mode mode = Mode.ENFORCE;
    private boolean arePoliciesBroken;
    private Governance governance = new Governance(Response.FORBID, Response.FORBID, false);
    private final OwnerChoices choices = new OwnerChoices(this::book);
    private final RoomConfigurationInterceptor interceptor = new RoomConfigurationInterceptor(this::book,
        () -> governance, rooms, choices, new RequestRefusals(router()), reader -> Locale.ENGLISH, new RoomWatch(rooms), counters);

    RoomConfigurationInterceptorTest() {
        rooms.people.put(ROOM, FakeRooms.room(List.of("alice"), List.of("bob"), "alice@example.org/phone"));
    }

    private PolicyBook book() {
        if (arePoliciesBroken) {
            throw new IllegalStateException("LEAK");
        }
        return new PolicyBook(Map.of(ROOM.toString(), Policy.of(mode)), List.of(), Map.of(), Policy.OFF, Map.of(),
            OwnerBounds.STRICTER);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aRoomThatCannotBeAskedMeansRefusalWhereThePolicyIsEnforcedAndNowhereElse(Mode now) throws Exception {
        mode = now;
        rooms.failing.add(ROOM);

        if (mode == Mode.ENFORCE) {
            assertThatThrownBy(() -> pass(submit(""))).isInstanceOf(PacketRejectedException.class);
            assertThat(routed).singleElement().satisfies(error ->
                assertThat(error.toXML()).contains("type=\"error\"", "id=\"c1\"", "internal-failure"));
            assertThat(counters.failures().sum()).isEqualTo(1);
        } else {
            pass(submit(""));
            assertThat(routed).isEmpty();
        }
    }

    @Test
    void policiesThatCannotBeLookedUpMeanRefusal() throws Exception {
        arePoliciesBroken = true;

        assertThatThrownBy(() -> pass(submit(""))).isInstanceOf(PacketRejectedException.class);
    }

    @Test
    void whatMayBeAConfigurationIsRefusedWhenNobodyKnowsWhetherItIsForARoom() throws Exception {
        rooms.areServicesUnknown = true;

        assertThatThrownBy(() -> pass(submit(""))).isInstanceOf(PacketRejectedException.class);
        pass(answer("http://jabber.org/protocol/disco#info", ROOM.toString()));
        assertThat(counters.failures().sum()).isEqualTo(2);
    }

    @Test
    void whatIsAskedForIsNotLostWithoutAWord() throws Exception {
        mode = Mode.OBSERVE;
        rooms.failing.add(ROOM);

        assertThatThrownBy(() -> pass(submit(ASKS_FOR_MODE))).isInstanceOf(PacketRejectedException.class);
    }

    @Test
    void aChoiceThatCannotBeStoredIsAnError() throws Exception {
        mode = Mode.OFF;
        IQ request = submit(ASKS_FOR_MODE);
        pass(request);
        arePoliciesBroken = true;
        IQ answer = IQ.createResultIQ(request);

        pass(answer);

        assertThat(answer.getType()).isEqualTo(IQ.Type.error);
        assertThat(answer.toXML()).contains("internal-failure").doesNotContain("LEAK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://jabber.org/protocol/disco#info", OWNER})
    void anAnswerThatCannotBeCompletedIsSentAsItIs(String namespace) throws Exception {
        arePoliciesBroken = true;
        IQ answer = answer(namespace, ROOM.toString());
        String before = answer.toXML();

        pass(answer);

        assertThat(answer.toXML()).isEqualTo(before);
        assertThat(counters.failures().sum()).isEqualTo(1);
    }

    @Test
    void whatOccupantsAnswerIsLeftAlone() throws Exception {
        mode = Mode.OBSERVE;
        for (String namespace : List.of("http://jabber.org/protocol/disco#info", OWNER)) {
            IQ theirs = answer(namespace, ROOM + "/mallory");
            String before = theirs.toXML();
            pass(theirs);
            assertThat(theirs.toXML()).isEqualTo(before);

            IQ rooms = answer(namespace, ROOM.toString());
            pass(rooms);
            assertThat(rooms.toXML()).contains("{urn:igniterealtime:openfire:omemo:0}mode");
        }
    }

    @Test
    void anAnswerOfAnOccupantPutsNoChoiceInForce() throws Exception {
        mode = Mode.OFF;
        IQ request = submit(ASKS_FOR_MODE);
        pass(request);
        IQ forged = IQ.createResultIQ(request);
        forged.setFrom(ROOM + "/mallory");

        pass(forged);

        assertThat(choices.answered(IQ.createResultIQ(request))).as("it still waits for the room").isPresent();
    }

    @Test
    void anErrorOfTheRoomEndsAChoice() throws Exception {
        mode = Mode.OFF;
        IQ request = submit(ASKS_FOR_MODE);
        pass(request);
        IQ error = IQ.createResultIQ(request);
        error.setType(IQ.Type.error);

        pass(error);

        assertThat(choices.answered(IQ.createResultIQ(request))).isEmpty();
    }

    @Test
    void whoEntersWithoutAWordAboutRoomsIsGivenOneUnlessInside() throws Exception {
        assertThat(entered("bob", "")).contains("http://jabber.org/protocol/muc");
        assertThat(entered("alice", "")).doesNotContain("http://jabber.org/protocol/muc");
        assertThat(entered("bob", " type='unavailable'")).doesNotContain("http://jabber.org/protocol/muc");
        governance = Governance.DEFAULT;
        assertThat(entered("bob", "")).doesNotContain("http://jabber.org/protocol/muc");
        governance = new Governance(Response.OFF, Response.OFF, true);
        assertThat(entered("bob", "")).contains("http://jabber.org/protocol/muc");
        mode = Mode.WARN;
        assertThat(entered("bob", "")).doesNotContain("http://jabber.org/protocol/muc");
    }

    @Test
    void nobodyEntersARoomThatCannotBeAskedWithoutSuchAWord() {
        rooms.failing.add(ROOM);

        assertThatThrownBy(() -> entered("bob", "")).isInstanceOf(PacketRejectedException.class);
        assertThatCode(() -> {
            mode = Mode.OBSERVE;
            entered("bob", "");
        }).doesNotThrowAnyException();
    }

    private String entered(String name, String attributes) throws Exception {
        Presence presence = new Presence(DocumentHelper.parseText("<presence from='" + name + "@example.org/phone' to='"
            + ROOM + "/" + name + "'" + attributes + "/>").getRootElement());
        pass(presence);
        return presence.toXML();
    }

    private PacketRouter router() {
        return (PacketRouter) Proxy.newProxyInstance(PacketRouter.class.getClassLoader(),
            new Class<?>[] {PacketRouter.class}, (proxy, method, arguments) -> {
                routed.add((Packet) arguments[0]);
                return null;
            });
    }

    private static IQ submit(String fields) throws Exception {
        return new IQ(DocumentHelper.parseText("<iq type='set' id='c1' from='alice@example.org/phone' to='" + ROOM
            + "'><query xmlns='" + OWNER + "'><x xmlns='jabber:x:data' type='submit'>" + fields + "</x></query></iq>")
            .getRootElement());
    }

    private static IQ answer(String namespace, String from) {
        IQ answer = new IQ(IQ.Type.result, "a1");
        answer.setFrom(from);
        answer.setTo("alice@example.org/phone");
        Element query = answer.setChildElement("query", namespace);
        query.addElement("x", "jabber:x:data").addAttribute("type", namespace.equals(OWNER) ? "form" : "result");
        return answer;
    }

    private void pass(Packet packet) throws PacketRejectedException {
        interceptor.interceptPacket(packet, null, true, false);
    }
}
