package org.igniterealtime.openfire.plugin.omemo.core.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network does, each message that arrives comes out once, and nothing else does. */
class ConversationTest {

    private static final int CONVERSATIONS = 40;
    private static final int MOST_MESSAGES = 500;

    static Stream<Arguments> conversations() {
        return new Random(384).longs(CONVERSATIONS).boxed()
            .flatMap(seed -> Stream.of(Profile.values()).map(profile -> Arguments.of(profile, seed)));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void whatArrivesIsReadOnce(Profile profile, long seed) throws OmemoException {
        Conversation conversation = new Conversation(profile, seed);
        conversation.run(1 + new Random(seed).nextInt(MOST_MESSAGES));
        assertThat(conversation.read).doesNotHaveDuplicates()
            .containsExactlyInAnyOrderElementsOf(conversation.delivered);
        assertThat(conversation.refused).isSubsetOf(Reason.DUPLICATE, Reason.UNAUTHENTICATED);
    }
}
