package org.igniterealtime.openfire.plugin.omemo.core.peer;

import java.util.List;
import java.util.Optional;

/** A device as the line sees it: XML goes in and comes out as text. It does by itself what a message calls for. */
interface Party {

    /** An item of a PEP node. */
    record Item(String node, String id, String xml) {
    }

    /**
     * What came of something.
     *
     * @param value what was asked for, if there is any
     * @param refusal why it was not done
     * @param published what the device has published meanwhile
     * @param sent the empty messages that it has sent meanwhile
     */
    record Answer(Optional<String> value, Optional<String> refusal, List<Item> published, List<String> sent) {
    }

    /** Makes its keys known. */
    Answer announce();

    /** Takes in what the other has published. */
    void learn(Item item);

    /** The message that says this to the other. */
    Answer write(String body);

    /** What a message of the other says: nothing if it is an empty one. */
    Answer read(String xml);

    /** Replaces the session with the other, whose user has asked for it. */
    Answer startOver();
}
