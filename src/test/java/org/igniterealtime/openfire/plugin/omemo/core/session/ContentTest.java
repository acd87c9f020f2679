package org.igniterealtime.openfire.plugin.omemo.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.payload.EncryptedPayload;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.AffixFault;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.ContentElement;
import org.igniterealtime.openfire.plugin.omemo.protocol.Delivery;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Flaw;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceContent;
import org.igniterealtime.openfire.plugin.omemo.protocol.SceForm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people send, and the affixes that tell whether somebody moved it (XEP-0384, section "SCE Profile"). */
class ContentTest extends TwoDevices {

    private static final BareJid ROOM = BareJid.of("room@conference.example.org").orElseThrow();

    private static ContentElement element(String xml) {
        try {
            return ContentElement.of(DocumentHelper.parseText(xml).getRootElement());
        } catch (DocumentException e) {
            throw new AssertionError(e);
        }
    }

    private static final List<ContentElement> ELEMENTS = List.of(
        element("<body xmlns='jabber:client'>1 &lt; 2 &amp;amp; \u00fcn\u00ef \ud83e\udd95</body>"),
        element("<reactions xmlns='urn:xmpp:reactions:0' id='m1'><reaction>\ud83d\udc4b</reaction></reactions>"),
        element("<displayed xmlns='urn:xmpp:chat-markers:0' id='m2'/>"),
        element("<received xmlns='urn:xmpp:receipts' id='m3'/>"),
        element("<x xmlns='urn:example:nobody-knows' xmlns:y='urn:example:y' y:a='1'>text <y:z/> tail </x>"),
        element("<origin-id xmlns='urn:xmpp:sid:0' id='m4'/>"));

    private Encrypted write(Conversation conversation, List<ContentElement> elements) {
        return TestDevice.ready(alice.device.encrypt(conversation, elements, TestDevice.bundles(bob)));
    }

    /** A message whose content was not made by us, in the session that stands. */
    private Encrypted foreign(SceContent content) {
        Profile profile = alice.device.own().profile();
        byte[] plaintext = content.toBytes(SceForm.of(profile.family()).orElseThrow());
        return foreign(EncryptedPayload.of(profile, plaintext, alice.random));
    }

    private Encrypted foreign(EncryptedPayload payload) {
        return fromAlice(payload.keyMaterial().encode(), Optional.of(payload.ciphertext()));
    }

    private static SceContent content(Optional<BareJid> from, Optional<BareJid> to) {
        return SceContent.ofBody("hello", "", from, to, Optional.empty());
    }

    private Outcome receive(boolean inRoom, Encrypted message) {
        return bob.device.decrypt(inRoom
            ? Delivery.inRoom(alice.jid(), ROOM) : Delivery.toAccount(alice.jid(), bob.jid()), message).outcome();
    }

    @ParameterizedTest
    @EnumSource
    void anyElementsComeOutAsTheyWentIn(Profile profile) {
        meet(profile);
        for (ContentElement element : ELEMENTS) {
            Encrypted message = write(Conversation.with(bob.jid()), List.of(element));
            assertThat(TestDevice.content(bob.receive(alice, message)).content().elements()).containsExactly(element);
        }
        Encrypted message = write(Conversation.with(bob.jid()), ELEMENTS);
        assertThat(TestDevice.content(bob.receive(alice, message)).content().elements()).isEqualTo(ELEMENTS);
    }

    @ParameterizedTest
    @EnumSource
    void theAffixesAreAlwaysThere(Profile profile) {
        meet(profile);
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            SceContent content = TestDevice.content(bob.receive(alice, alice.send("same", bob))).content();
            assertThat(content.from()).contains(alice.jid());
            assertThat(content.to()).contains(bob.jid());
            assertThat(content.time()).contains(clock.instant());
            lengths.add(content.rpad().length());
        }
        assertThat(lengths).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingIsToldUnlessItMay(Profile profile) {
        talk(profile);
        assertThat(receive(false, foreign(content(Optional.of(alice.jid()), Optional.empty()))))
            .isInstanceOfSatisfying(Outcome.Content.class, content -> assertThat(content.faults()).isEmpty());
        assertThat(receive(false, foreign(content(Optional.empty(), Optional.of(bob.jid())))))
            .isInstanceOfSatisfying(Outcome.Content.class,
                content -> assertThat(content.faults()).containsExactly(AffixFault.FROM_MISSING));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasMovedIsNeverPlainContent(Profile profile) {
        talk(profile);
        Optional<BareJid> from = Optional.of(alice.jid());
        assertMisdirected(AffixFault.TO_MISSING, true, content(from, Optional.empty()));
        assertMisdirected(AffixFault.TO_MISMATCH, true, content(from, Optional.of(bob.jid())));
        assertMisdirected(AffixFault.TO_MISMATCH, false, content(from, Optional.of(ROOM)));
        assertMisdirected(AffixFault.FROM_MISMATCH, false, content(Optional.of(bob.jid()), Optional.of(bob.jid())));
    }

    private void assertMisdirected(AffixFault fault, boolean inRoom, SceContent content) {
        assertThat(receive(inRoom, foreign(content)))
            .isEqualTo(new Outcome.Misdirected(content, Trust.BLIND, Set.of(fault)));
    }

    /** The key was used up, as it would be by content that can be read. */
    @ParameterizedTest
    @EnumSource
    void whatIsNoContentIsTold(Profile profile) {
        talk(profile);
        byte[] plaintext = "<body>not in its affixes</body>".getBytes(StandardCharsets.UTF_8);
        Encrypted message = foreign(EncryptedPayload.of(profile, plaintext, alice.random));
        assertThat(receive(false, message)).isEqualTo(new Outcome.Unreadable(Trust.BLIND, Flaw.WRONG_ELEMENT));
        assertThat(receive(false, message)).isEqualTo(new Outcome.Refused(Reason.DUPLICATE));
    }

    @ParameterizedTest
    @EnumSource
    void anOptOutThatIsNoneSwitchesNothing(Profile profile) {
        talk(profile);
        String namespace = profile.family().namespace();
        Encrypted message =
            write(Conversation.with(bob.jid()), List.of(element("<opt-out xmlns='" + namespace + "'><x/></opt-out>")));
        assertThat(receive(false, message)).isInstanceOf(Outcome.Unreadable.class);
        assertThat(bob.device.mode(alice.jid())).isEqualTo(ConversationMode.ENCRYPTED);
    }

    @ParameterizedTest
    @EnumSource
    void elementsForServersAreNeitherSentNorRead(Profile profile) {
        talk(profile);
        ContentElement hint = element("<store xmlns='urn:xmpp:hints'/>");
        StoreContents before = alice.contents(bob);
        assertThatIllegalArgumentException().isThrownBy(() ->
            write(Conversation.with(bob.jid()), List.of(ELEMENTS.get(0), hint)));
        assertThat(alice.contents(bob)).isEqualTo(before);
        SceForm form = SceForm.of(profile.family()).orElseThrow();
        String content = new String(content(Optional.empty(), Optional.empty()).toBytes(form), StandardCharsets.UTF_8);
        byte[] withHint = content.replace("<body", hint.xml() + "<body").getBytes(StandardCharsets.UTF_8);
        Outcome outcome = receive(false, foreign(EncryptedPayload.of(profile, withHint, alice.random)));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Content.class, read ->
            assertThat(read.content().elements()).containsExactly(TestDevice.body("hello")));
    }
}
