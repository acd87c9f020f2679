package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.Optional;
import java.util.stream.Stream;

/** A field that is read or written, resolved as JVMS 5.4.3.2 says. */
record FieldUse(String from, String owner, String name, String descriptor, boolean isStatic) implements Reference {

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        return release.type(owner).map(type -> fault(type, release))
            .orElse(Optional.of("there is no such type (NoClassDefFoundError)"))
            .stream();
    }

    private Optional<String> fault(ApiType type, TypeHierarchy release) {
        Optional<TypeHierarchy.Declared> found = release.field(type, name, descriptor);
        if (found.isEmpty()) {
            return Optional.of("there is no such field (NoSuchFieldError)");
        }
        if (found.get().member().isStatic() != isStatic) {
            return Optional.of("the field is " + (isStatic ? "not static" : "static")
                + " here (IncompatibleClassChangeError)");
        }
        return Protected.fault(from, found.get(), release);
    }

    @Override
    public String toString() {
        return ApiType.readable(owner) + "." + name + " " + descriptor;
    }
}
