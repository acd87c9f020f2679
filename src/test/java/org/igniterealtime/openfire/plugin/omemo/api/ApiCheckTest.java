package org.igniterealtime.openfire.plugin.omemo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.api.planted.Planted;
import org.junit.jupiter.api.Test;

/** The check of the API reports what is planted, in the releases where it fails and in no other. */
class ApiCheckTest {

    private static final Map<String, ApiRecording> RECORDINGS = ApiRecording.RELEASES.stream()
        .collect(Collectors.toMap(release -> release, ApiRecording::of));

    private static final String[] ALL = ApiRecording.RELEASES.toArray(String[]::new);

    @Test
    void everyRecordingHoldsARelease() {
        assertThat(RECORDINGS.values()).allSatisfy(recording -> {
            assertThat(recording.type("org/jivesoftware/openfire/XMPPServer")).isPresent();
            assertThat(recording.type("org/xmpp/packet/JID")).isPresent();
        });
    }

    @Test
    void aCallOnAnInterfaceFailsWhereItIsAClass() {
        assertThat(faults(Planted.CallsARoom.class))
            .extracting(Fault::release).containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
        assertThat(faults(Planted.CallsARoom.class)).extracting(Fault::why)
            .allMatch(why -> why.endsWith("but the owner is a class here (IncompatibleClassChangeError)"));
    }

    @Test
    void aReferenceToAMethodOfAnInterfaceFailsWhereItIsAClass() {
        assertThat(releasesThatReport(Planted.RefersToARoomsMethod.class, "IncompatibleClassChangeError"))
            .containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void aClassCannotImplementWhatBecameAClass() {
        assertThat(releasesThatReport(Planted.IsARoom.class, "MUCRoom is a class here"))
            .containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void aMethodThatWasRemovedIsReported() {
        assertThat(releasesThatReport(Planted.CallsAMethodThatWasRemoved.class, "NoSuchMethodError"))
            .containsExactly("4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void aTypeThatWasRemovedIsReported() {
        assertThat(releasesThatReport(Planted.CastsToATypeThatWasRemoved.class, "NoClassDefFoundError"))
            .contains("5.0.5", "5.1.1").doesNotContain("4.2.0", "4.7.5", "4.8.3", "4.9.2");
    }

    @Test
    void aFieldThatWasRemovedIsReported() {
        assertThat(releasesThatReport(Planted.ReadsAConstantThatWasRemoved.class, "NoSuchFieldError"))
            .containsExactly("4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void aChangedDescriptorIsReported() {
        assertThat(releasesThatReport(Planted.RoutesAPacketInThreeArguments.class, "only routePacket(Lorg/xmpp"))
            .containsExactly("4.9.2", "5.0.5", "5.1.1");
        assertThat(releasesThatReport(Planted.SchedulesInMilliseconds.class, "only schedule(Ljava/util/TimerTask;"))
            .containsExactly("4.9.2", "5.0.5", "5.1.1");
        assertThat(releasesThatReport(Planted.AsksTheFactoryForALock.class, "NoSuchMethodError"))
            .containsExactly("5.0.5", "5.1.1");
    }

    @Test
    void aStaticCallOfAnInstanceMethodIsReported() {
        ApiRecording release = ApiRecording.parse("planted", Stream.of(
            "org/jivesoftware/util/JiveGlobals class extends java/lang/Object",
            "org/jivesoftware/util/JiveGlobals getProperty(Ljava/lang/String;)Ljava/lang/String;"));

        assertThat(faults(Planted.CallsAStaticMethod.class)).isEmpty();
        assertThat(faults(release, Planted.CallsAStaticMethod.class)).extracting(Fault::why)
            .containsExactly("the method is not static here (IncompatibleClassChangeError)");
    }

    @Test
    void anAbstractMethodWithoutImplementationIsReported() {
        for (Class<?> listener : List.of(
            Planted.ListensToOldOfflineMessages.class, Planted.InheritsFromAListener.class)) {
            assertThat(faults(listener, Planted.ListensToOldOfflineMessages.class))
                .filteredOn(fault -> fault.reference().from().equals(name(listener)))
                .filteredOn(fault -> fault.why().contains("OfflineMessageListener.messageStored(")
                    && fault.why().endsWith("which is abstract here (AbstractMethodError)"))
                .extracting(Fault::release).containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
        }
    }

    @Test
    void aLambdaThatLacksAMethodIsReported() {
        assertThat(releasesThatReport(Planted.ListensByLambda.class, "onConnectionClosing(")).containsExactly("5.1.1");
    }

    @Test
    void aClassCannotExtendWhatBecameFinal() {
        assertThat(releasesThatReport(Planted.ExtendsAClassThatBecameFinal.class, "Log is final here"))
            .containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void anInstanceOfWhatBecameAbstractCannotBeMade() {
        assertThat(releasesThatReport(Planted.CreatesWhatBecameAbstract.class, "InstantiationError"))
            .containsExactly("4.8.3", "4.9.2", "5.0.5", "5.1.1");
    }

    @Test
    void whatBecameProtectedIsOpenToSubclassesAlone() {
        assertThat(releasesThatReport(Planted.CallsWhatBecameProtected.class, "IllegalAccessError"))
            .containsExactly("4.8.3", "4.9.2", "5.0.5", "5.1.1");
        assertThat(faults(Planted.ExtendsWhatBecameProtected.class)).isEmpty();
    }

    @Test
    void inheritedMembersAreFound() {
        assertThat(faults(Planted.UsesInheritedMembers.class, Planted.Handler.class)).isEmpty();
        assertThat(references(Planted.UsesInheritedMembers.class, Planted.Handler.class).references())
            .contains(
                new MethodUse(name(Planted.UsesInheritedMembers.class), "org/xmpp/packet/Message", "getFrom",
                    "()Lorg/xmpp/packet/JID;", MethodUse.Call.INSTANCE, false),
                new MethodUse(name(Planted.UsesInheritedMembers.class), name(Planted.Handler.class), "getName",
                    "()Ljava/lang/String;", MethodUse.Call.INSTANCE, false));
    }

    @Test
    void methodsOfLaterReleasesMayBeImplementedAhead() {
        assertThat(faults(Planted.ListensToRoomsOfAllReleases.class)).isEmpty();
    }

    @Test
    void aTypeIsFoundWhereverItIsMentioned() {
        Class<?> everywhere = Planted.MentionsTypesEverywhere.class;

        assertThat(references(everywhere, everywhere.getDeclaredClasses()[0]).references())
            .filteredOn(TypeUse.class::isInstance)
            .extracting(Object::toString)
            .containsExactlyInAnyOrder(
                "org.jivesoftware.database.JiveID",
                "org.jivesoftware.openfire.PacketException",
                "org.jivesoftware.openfire.cluster.ClusterManager",
                "org.jivesoftware.openfire.group.Group",
                "org.jivesoftware.openfire.roster.Roster",
                "org.jivesoftware.openfire.user.User",
                "org.jivesoftware.openfire.user.UserNotFoundException",
                "org.xmpp.packet.IQ",
                "org.xmpp.packet.JID",
                "org.xmpp.packet.Presence");
    }

    @Test
    void aLookupIsResolvedWhateverTheKindOfItsOwner() {
        assertThat(faults(lookup("INSTANCE", "org/jivesoftware/openfire/muc/MUCRoom", "isMembersOnly"))).isEmpty();
    }

    @Test
    void aStaticMethodAndAConstructorAreLookedUpAsWhatTheyAre() {
        assertThat(faults(lookup("STATIC", "org/jivesoftware/openfire/XMPPServer", "getInstance"))).isEmpty();
        assertThat(faults(lookup("CONSTRUCTOR", "org/jivesoftware/openfire/XMPPServer", "<init>"))).isEmpty();
        assertThat(faults(lookup("CONSTRUCTOR", "org/jivesoftware/openfire/pubsub/LeafNode", "<init>",
            "Lorg/jivesoftware/openfire/pubsub/PubSubService;", "Lorg/jivesoftware/openfire/pubsub/CollectionNode;",
            "Ljava/lang/String;", "Lorg/xmpp/packet/JID;")))
            .extracting(Fault::release).containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");
        assertThat(faults(lookup("STATIC", "org/xmpp/packet/JID", "getNode")))
            .extracting(Fault::release).containsExactly(ALL);
    }

    @Test
    void aLookupCountsInTheReleasesInWhichItIsUsed() {
        Lookup lookup = new Lookup("test", "INSTANCE", "4.6", "5.0", List.of(), "any", List.of());

        assertThat(Stream.of(ALL).filter(lookup::isUsedIn)).containsExactly("4.7.5", "4.8.3", "4.9.2", "5.0.5");
        assertThat(lookup.isUsedIn("4.10.0")).isTrue();
    }

    @Test
    void aLookupThatExistsNowhereIsReported() {
        Lookup noMethod = lookup("INSTANCE", "org/xmpp/packet/JID", "getNickname");
        Lookup noOwner = lookup("INSTANCE", "org/xmpp/packet/Jid", "getNode");

        assertThat(faults(noMethod)).extracting(Fault::release).containsExactly(ALL);
        assertThat(faults(noOwner)).extracting(Fault::release).containsExactly(ALL);
    }

    @Test
    void aLookupOfAStaticOrProtectedMethodIsReported() {
        Lookup isStatic = lookup("INSTANCE", "org/jivesoftware/openfire/XMPPServer", "getInstance");
        Lookup isProtected = lookup("INSTANCE", "org/jivesoftware/openfire/pubsub/Node", "changeParent",
            "Lorg/jivesoftware/openfire/pubsub/CollectionNode;");

        assertThat(faults(isStatic)).extracting(Fault::release).containsExactly(ALL);
        assertThat(faults(isProtected)).extracting(Fault::release).containsExactly(ALL);
    }

    @Test
    void aFaultNamesReleaseClassReferenceAndReason() {
        assertThat(faults(Planted.AsksTheFactoryForALock.class)).first().hasToString(
            "Openfire 5.0.5: org.igniterealtime.openfire.plugin.omemo.api.planted.Planted$AsksTheFactoryForALock"
                + " needs org.jivesoftware.util.cache.CacheFactory.getLock"
                + "(Ljava/lang/Object;Lorg/jivesoftware/util/cache/Cache;)Ljava/util/concurrent/locks/Lock;:"
                + " there is no such method (NoSuchMethodError)");
    }

    private static List<String> releasesThatReport(Class<?> planted, String why) {
        return faults(planted).stream().filter(fault -> fault.why().contains(why)).map(Fault::release).toList();
    }

    private static List<Fault> faults(Class<?>... planted) {
        return ApiRecording.RELEASES.stream()
            .flatMap(release -> faults(RECORDINGS.get(release), planted).stream())
            .toList();
    }

    private static List<Fault> faults(ApiRecording release, Class<?>... planted) {
        ApiReferences references = references(planted);
        return new ApiCheck(release, references.ownTypes()).faults(references.references());
    }

    private static Lookup lookup(String kind, String owner, String method, String... parameters) {
        return new Lookup("test", kind, "4.2", "5.1", List.of(owner), method, List.of(parameters));
    }

    private static List<Fault> faults(Lookup lookup) {
        return ApiRecording.RELEASES.stream()
            .flatMap(release -> new ApiCheck(RECORDINGS.get(release), Map.of()).faults(List.of(lookup)).stream())
            .toList();
    }

    private static ApiReferences references(Class<?>... planted) {
        List<byte[]> classFiles = new ArrayList<>();
        for (Class<?> type : planted) {
            try (InputStream file = type.getResourceAsStream("/" + name(type) + ".class")) {
                classFiles.add(file.readAllBytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return ApiReferences.of(classFiles);
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
