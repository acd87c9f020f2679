package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.List;

/** What a policy says of one stanza. A mode decides whether it is carried out. */
public sealed interface Verdict {

    /** The stanza is in order, or its sender is exempt. */
    Verdict PASS = new Pass();

    /** Everything that was found wrong. */
    List<Finding> findings();

    /** The stanza may pass as it is. */
    record Pass() implements Verdict {
        @Override
        public List<Finding> findings() {
            return List.of();
        }
    }

    /** The stanza may pass once it has been rewritten. */
    record PassRewritten(List<Finding> findings, Rewrite rewrite) implements Verdict {
    }

    /** The stanza may not pass; there is at least one finding. */
    record Refuse(List<Finding> findings) implements Verdict {

        /** The finding that the sender is told of: the first one. */
        public Finding reason() {
            return findings.get(0);
        }
    }
}
