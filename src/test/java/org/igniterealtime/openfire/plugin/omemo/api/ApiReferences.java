package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a set of classes needs of Openfire: the types that they mention, the members that they use, by inheritance as
 * well, and what their supertypes ask of them.
 */
final class ApiReferences {

    private final Map<String, ApiType> ownTypes = new LinkedHashMap<>();
    private final Set<Reference> references = new LinkedHashSet<>();

    private ApiReferences() {
    }

    /** @param classFiles all classes of ours, so that members of Openfire inherited by way of them are found */
    static ApiReferences of(Collection<byte[]> classFiles) {
        ApiReferences all = new ApiReferences();
        for (byte[] bytes : classFiles) {
            ApiType type = ClassFile.type(bytes);
            all.ownTypes.put(type.name(), type);
        }
        for (byte[] bytes : classFiles) {
            all.references.addAll(new ClassReferences(all::touchesOpenfire).read(bytes));
        }
        return all;
    }

    Map<String, ApiType> ownTypes() {
        return ownTypes;
    }

    Set<Reference> references() {
        return references;
    }

    /** Whether a type is Openfire's, or is ours and descends from one that is. */
    private boolean touchesOpenfire(String name) {
        if (ApiRecording.covers(name)) {
            return true;
        }
        ApiType type = ownTypes.get(name);
        return type != null
            && Stream.concat(type.superclass().stream(), type.interfaces().stream()).anyMatch(this::touchesOpenfire);
    }
}
