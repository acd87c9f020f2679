package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a method, or a handle on it, resolved as JVMS 5.4.3.3 and 5.4.3.4 say.
 *
 * @param onInterface whether the call takes the owner for an interface
 */
record MethodUse(String from, String owner, String name, String descriptor, Call call, boolean onInterface)
    implements Reference {

    /** How a method is called, which tells whether it may be static or abstract. */
    enum Call { STATIC, INSTANCE, SPECIAL }

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        return release.type(owner).map(type -> fault(type, release))
            .orElse(Optional.of("there is no such type (NoClassDefFoundError)"))
            .stream();
    }

    private Optional<String> fault(ApiType type, TypeHierarchy release) {
        if (type.isInterface() != onInterface) {
            return Optional.of("called as on " + kind(onInterface) + ", but the owner is " + kind(type.isInterface())
                + " here (IncompatibleClassChangeError)");
        }
        Optional<TypeHierarchy.Declared> found = release.method(type, name, descriptor);
        if (found.isEmpty()) {
            return Optional.of("there is no such method (NoSuchMethodError)" + namesakes(type, release));
        }
        ApiMember method = found.get().member();
        if (method.isStatic() != (call == Call.STATIC)) {
            return Optional.of("the method is " + (method.isStatic() ? "static" : "not static")
                + " here (IncompatibleClassChangeError)");
        }
        if (call == Call.SPECIAL && method.isAbstract() && !release.isImplemented(type, method)) {
            return Optional.of("the method is abstract here (AbstractMethodError)");
        }
        return Protected.fault(from, found.get(), release);
    }

    private String namesakes(ApiType type, TypeHierarchy release) {
        String namesakes = release.ancestry(type).stream()
            .flatMap(ancestor -> ancestor.members().stream())
            .filter(member -> member.isMethod() && member.name().equals(name))
            .map(ApiMember::descriptor)
            .collect(Collectors.joining(", "));
        return namesakes.isEmpty() ? "" : ", only " + name + namesakes;
    }

    private static String kind(boolean isInterface) {
        return isInterface ? "an interface" : "a class";
    }

    @Override
    public String toString() {
        return ApiType.readable(owner) + "." + name + descriptor;
    }
}
