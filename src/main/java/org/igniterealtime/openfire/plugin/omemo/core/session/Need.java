package org.igniterealtime.openfire.plugin.omemo.core.session;

/** What a received message calls for. It is the caller who sends, publishes and fetches. */
public enum Need {

    /** An empty message to the sender, who has begun a session: {@link OmemoDevice#emptyMessage}. */
    ANSWER,

    /** An empty message to the sender, whose chain has become long: {@link OmemoDevice#emptyMessage}. */
    HEARTBEAT,

    /** The own bundle is to be published again, since a prekey of it was used: {@link OmemoDevice#bundle}. */
    PUBLISH_BUNDLE,

    /** The sending device is not on its account's list as it is known here: fetch it, {@link OmemoDevice#takeOver}. */
    FETCH_DEVICE_LIST,

    /** A new session with the sender: fetch its bundle, {@link OmemoDevice#recover}. */
    RECOVERY
}
