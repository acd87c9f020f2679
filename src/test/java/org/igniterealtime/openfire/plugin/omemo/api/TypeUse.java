package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.stream.Stream;

/** The mere mention of a type: in a descriptor, signature, annotation, cast, class constant, catch clause... */
record TypeUse(String from, String type) implements Reference {

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        return release.type(type).isPresent()
            ? Stream.empty()
            : Stream.of("there is no such type (NoClassDefFoundError)");
    }

    @Override
    public String toString() {
        return ApiType.readable(type);
    }
}
