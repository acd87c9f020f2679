package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a type of ours inherits: its supertypes must exist, be of the right kind and be open to it, and no method may be
 * left without an implementation. A lambda counts as a class that implements its interface.
 *
 * @param from the class of ours that holds the type: itself, or the one that the lambda stands in
 */
record Inheritance(String from, ApiType type) implements Reference {

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        Stream<String> ofSuperclass = type.superclass().stream().flatMap(name -> ofSuperclass(name, release));
        Stream<String> ofInterfaces = type.interfaces().stream().flatMap(name -> ofInterface(name, release));
        return Stream.of(ofSuperclass, ofInterfaces, ofAbstractMethods(release)).flatMap(faults -> faults);
    }

    private static Stream<String> ofSuperclass(String name, TypeHierarchy release) {
        String subject = "its superclass " + ApiType.readable(name);
        Optional<ApiType> superclass = release.type(name);
        if (superclass.isEmpty()) {
            return Stream.of(subject + " does not exist (NoClassDefFoundError)");
        }
        if (superclass.get().isInterface()) {
            return Stream.of(subject + " is an interface here (IncompatibleClassChangeError)");
        }
        return superclass.get().isFinal()
            ? Stream.of(subject + " is final here (IncompatibleClassChangeError)")
            : Stream.empty();
    }

    private static Stream<String> ofInterface(String name, TypeHierarchy release) {
        String subject = "its interface " + ApiType.readable(name);
        Optional<ApiType> implemented = release.type(name);
        if (implemented.isEmpty()) {
            return Stream.of(subject + " does not exist (NoClassDefFoundError)");
        }
        return implemented.get().isInterface()
            ? Stream.empty()
            : Stream.of(subject + " is a class here (IncompatibleClassChangeError)");
    }

    private Stream<String> ofAbstractMethods(TypeHierarchy release) {
        if (type.isAbstract()) {
            return Stream.empty();
        }
        List<ApiType> done = doneByTheirAuthors(release);
        return release.ancestry(type).stream()
            .filter(ancestor -> !done.contains(ancestor))
            .flatMap(ancestor -> ancestor.members().stream()
                .filter(method -> method.isMethod() && method.isAbstract() && !release.isImplemented(type, method))
                .map(method -> "it lacks " + ApiType.readable(ancestor.name()) + "." + method.name()
                    + method.descriptor() + ", which is abstract here (AbstractMethodError)"));
    }

    /** The ancestry of the nearest concrete class that is not ours: the release was compiled, so it lacks nothing. */
    private List<ApiType> doneByTheirAuthors(TypeHierarchy release) {
        return release.superclasses(type).stream()
            .filter(superclass -> superclass != type && !release.isOwn(superclass))
            .filter(superclass -> !superclass.isAbstract())
            .findFirst()
            .map(concrete -> List.copyOf(release.ancestry(concrete)))
            .orElse(List.of());
    }

    @Override
    public String toString() {
        return ApiType.readable(type.name()) + " as a subtype";
    }
}
