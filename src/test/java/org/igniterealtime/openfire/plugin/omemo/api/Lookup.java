package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An instance method that the plugin looks up by name while it runs, whatever its owner's kind and its return type.
 *
 * @param from       where the lookup is declared
 * @param owners     internal names; the first one that exists is meant
 * @param parameters descriptors
 */
record Lookup(String from, List<String> owners, String method, List<String> parameters) implements Reference {

    @Override
    public Stream<String> faults(TypeHierarchy release) {
        Optional<ApiType> owner = owners.stream().map(release::type).flatMap(Optional::stream).findFirst();
        if (owner.isEmpty()) {
            return Stream.of("none of its owners exists");
        }
        String descriptorStart = "(" + String.join("", parameters) + ")";
        List<ApiMember> found = release.ancestry(owner.get()).stream()
            .flatMap(ancestor -> ancestor.members().stream())
            .filter(member -> member.name().equals(method) && member.descriptor().startsWith(descriptorStart))
            .toList();
        if (found.isEmpty()) {
            return Stream.of(ApiType.readable(owner.get().name()) + " has no such method");
        }
        if (found.stream().anyMatch(ApiMember::isStatic)) {
            return Stream.of(ApiType.readable(owner.get().name()) + " has it as a static method");
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
