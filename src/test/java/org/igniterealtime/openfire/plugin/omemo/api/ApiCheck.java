package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Resolves what our classes need of Openfire against the API of one release. */
final class ApiCheck {

    private final String release;
    private final TypeHierarchy types;

    /** @param ownTypes the types of ours, by internal name, as they stand among those of the release */
    ApiCheck(ApiRecording recording, Map<String, ApiType> ownTypes) {
        this.release = recording.release();
        this.types = new TypeHierarchy(recording, ownTypes);
    }

    List<Fault> faults(Collection<? extends Reference> references) {
        return references.stream()
            .flatMap(reference -> reference.faults(types).map(why -> new Fault(release, reference, why)))
            .toList();
    }
}
