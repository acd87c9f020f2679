package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;

/** What a policy says of one stanza. A mode decides whether it is carried out. */
public sealed interface Verdict {

    /** The stanza is in order, or its sender is exempt. */
    Verdict PASS = new Pass(List.of());

    /** Everything that was found wrong and must not pass. */
    List<Finding> findings();

    /** What was found by a check that only observes; it changes nothing. An internal failure is none of the sender's. */
    List<Finding> observed();

    /** Whether a check that only observes could not be carried out. */
    default boolean couldNotObserve() {
        return observed().stream().anyMatch(finding -> finding.code() == FindingCode.INTERNAL_FAILURE);
    }

    /** The stanza may pass as it is. */
    record Pass(List<Finding> observed) implements Verdict {
        @Override
        public List<Finding> findings() {
            return List.of();
        }
    }

    /** The stanza may pass once it has been rewritten. */
    record PassRewritten(List<Finding> findings, List<Finding> observed, Rewrite rewrite) implements Verdict {
    }

    /** The stanza may not pass; there is at least one finding. */
    record Refuse(List<Finding> findings, List<Finding> observed) implements Verdict {

        /** The finding that the sender is told of: the first one. */
        public Finding reason() {
            return findings.get(0);
        }
    }
}
