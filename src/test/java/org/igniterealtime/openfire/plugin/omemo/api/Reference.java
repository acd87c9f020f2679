package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.stream.Stream;

/** Something in a class of ours that an Openfire release must provide. What it needs reads as its string. */
interface Reference {

    /** The class of ours, by its internal name. */
    String from();

    /** Why this would fail in a server of one release; nothing when it would not. */
    Stream<String> faults(TypeHierarchy release);
}
