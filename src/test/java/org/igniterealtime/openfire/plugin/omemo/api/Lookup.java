package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A method or a constructor that the plugin looks up by name while it runs, whatever its owner's kind and its return type.
 *
 * @param from       where the lookup is declared
 * @param kind       {@code INSTANCE}, {@code STATIC} or {@code CONSTRUCTOR}
 * @param since      the first line of releases in which it is used, such as {@code 4.6}
 * @param until      the last line of releases in which it is used
 * @param owners     internal names; the first one that exists is meant
 * @param parameters descriptors
 */
record Lookup(String from, String kind, String since, String until, List<String> owners, String method,
    List<String> parameters) implements Reference {

    /** Whether it is used in a release, such as {@code 4.7.5}. */
    boolean isUsedIn(String release) {
        int line = line(release);
        return line >= line(since) && line <= line(until);
    }

    private static int line(String release) {
        String[] numbers = release.split("\\.");
        return 1_000 * Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]);
    }

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        Optional<ApiType> owner = owners.stream().map(release::type).flatMap(Optional::stream).findFirst();
        if (owner.isEmpty()) {
            return Stream.of("none of its owners exists");
        }
        String descriptorStart = "(" + String.join("", parameters) + ")";
        List<ApiMember> found = release.ancestry(owner.get()).stream()
            .filter(ancestor -> !method.equals("<init>") || ancestor == owner.get())
            .flatMap(ancestor -> ancestor.members().stream())
            .filter(member -> member.name().equals(method) && member.descriptor().startsWith(descriptorStart))
            .toList();
        if (found.isEmpty()) {
            return Stream.of(ApiType.readable(owner.get().name()) + " has no such method");
        }
        if (found.stream().anyMatch(member -> member.isStatic() != kind.equals("STATIC"))) {
            return Stream.of("it is no " + kind + " in " + ApiType.readable(owner.get().name()));
        }
        return found.stream().allMatch(ApiMember::isProtected)
            ? Stream.of("it is protected in " + ApiType.readable(owner.get().name()))
            : Stream.empty();
    }

    @Override
    public String toString() {
        return owners.stream().map(ApiType::readable).collect(Collectors.joining("|"))
            + "." + method + "(" + String.join("", parameters) + ")";
    }
}
