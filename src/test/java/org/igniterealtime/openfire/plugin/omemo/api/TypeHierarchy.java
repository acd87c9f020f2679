package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/**
 * All types as they would meet in a server of one release: the plugin's own, the recorded API, and everything else as
 * the running JVM knows it. Finds members as the JVM does (JVMS 5.4.3.2 to 5.4.3.4 and 5.4.6).
 */
final class TypeHierarchy {

    /** A member together with the type that declares it. */
    record Declared(ApiType in, ApiMember member) {
    }

    private final ApiRecording recording;
    private final Map<String, ApiType> own;

    TypeHierarchy(ApiRecording recording, Map<String, ApiType> own) {
        this.recording = recording;
        this.own = own;
    }

    Optional<ApiType> type(String name) {
        if (own.containsKey(name)) {
            return Optional.of(own.get(name));
        }
        return ApiRecording.covers(name) ? recording.type(name) : RuntimeTypes.type(name);
    }

    boolean isOwn(ApiType type) {
        return own.containsKey(type.name());
    }

    boolean descendsFrom(String name, ApiType ancestor) {
        return type(name).stream().flatMap(type -> ancestry(type).stream())
            .anyMatch(type -> type.name().equals(ancestor.name()));
    }

    /** A type and its superclasses, nearest first. */
    List<ApiType> superclasses(ApiType type) {
        List<ApiType> superclasses = new ArrayList<>();
        for (Optional<ApiType> next = Optional.of(type); next.isPresent();
             next = next.get().superclass().flatMap(this::type)) {
            superclasses.add(next.get());
        }
        return superclasses;
    }

    /** A type, its superclasses and the interfaces of them all. */
    Set<ApiType> ancestry(ApiType type) {
        Set<ApiType> ancestry = new LinkedHashSet<>(superclasses(type));
        superclasses(type).forEach(superclass -> addInterfaces(superclass, ancestry));
        return ancestry;
    }

    private void addInterfaces(ApiType type, Set<ApiType> ancestry) {
        type.interfaces().stream().map(this::type).flatMap(Optional::stream).forEach(superinterface -> {
            if (ancestry.add(superinterface)) {
                addInterfaces(superinterface, ancestry);
            }
        });
    }

    /** The method that a reference to this type resolves to. Constructors are not inherited. */
    Optional<Declared> method(ApiType type, String name, String descriptor) {
        if (name.equals("<init>")) {
            return declared(type, name, descriptor);
        }
        return inSuperclasses(type, name, descriptor).or(() -> inInterfaces(type, name, descriptor).findFirst());
    }

    /** The field that a reference to this type resolves to. */
    Optional<Declared> field(ApiType type, String name, String descriptor) {
        return ancestry(type).stream().flatMap(t -> declared(t, name, descriptor).stream()).findFirst();
    }

    /** Whether a method that is called on an instance of the class finds exactly one body to run. */
    boolean isImplemented(ApiType type, ApiMember method) {
        Optional<Declared> inherited = inSuperclasses(type, method.name(), method.descriptor());
        if (inherited.isPresent()) {
            return !inherited.get().member().isAbstract() || isBridged(type, method);
        }
        List<Declared> candidates = inInterfaces(type, method.name(), method.descriptor()).toList();
        long defaults = candidates.stream()
            .filter(found -> candidates.stream().noneMatch(other -> isMoreSpecific(other, found)))
            .filter(found -> !found.member().isAbstract())
            .count();
        return defaults == 1 || isBridged(type, method);
    }

    /**
     * Whether a recorded superclass may implement a method by way of a bridge, which javac writes where only type
     * variables and narrower return types make a difference. Bridges are synthetic and therefore not recorded.
     */
    private boolean isBridged(ApiType type, ApiMember method) {
        return superclasses(type).stream()
            .filter(superclass -> ApiRecording.covers(superclass.name()))
            .flatMap(superclass -> superclass.members().stream())
            .anyMatch(other -> other.isMethod() && !other.isAbstract() && !other.isStatic()
                && other.name().equals(method.name())
                && shape(other.descriptor()).equals(shape(method.descriptor())));
    }

    private static String shape(String descriptor) {
        Type method = Type.getMethodType(descriptor);
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getArgumentTypes()))
            .map(part -> part.getSort() < Type.ARRAY ? part.getDescriptor() : "reference")
            .collect(Collectors.joining());
    }

    private boolean isMoreSpecific(Declared one, Declared other) {
        return !one.in().name().equals(other.in().name()) && descendsFrom(one.in().name(), other.in());
    }

    private Optional<Declared> inSuperclasses(ApiType type, String name, String descriptor) {
        return superclasses(type).stream().flatMap(t -> declared(t, name, descriptor).stream()).findFirst();
    }

    private Stream<Declared> inInterfaces(ApiType type, String name, String descriptor) {
        return ancestry(type).stream()
            .filter(ApiType::isInterface)
            .flatMap(t -> declared(t, name, descriptor).stream())
            .filter(found -> !found.member().isStatic() && !found.member().isPrivate());
    }

    private static Optional<Declared> declared(ApiType type, String name, String descriptor) {
        return type.member(name, descriptor).map(member -> new Declared(type, member));
    }
}
