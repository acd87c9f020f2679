package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.stream.Stream;

/** The creation of an instance, before its constructor is called (JVMS 6.5, {@code new}). */
record Instantiation(String from, String type) implements Reference {

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        return release.type(type).stream()
            .filter(ApiType::isAbstract)
            .map(abstractType -> "it is abstract here (InstantiationError)");
    }

    @Override
    public String toString() {
        return "new " + ApiType.readable(type);
    }
}
