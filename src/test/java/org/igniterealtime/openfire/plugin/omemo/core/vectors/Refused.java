package org.igniterealtime.openfire.plugin.omemo.core.vectors;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;

/** Asserts that the core refuses something, and why. */
public final class Refused {

    private Refused() {
    }

    public static void with(Reason reason, ThrowingCallable call) {
        assertThatExceptionOfType(OmemoException.class).isThrownBy(call)
            .extracting(OmemoException::reason).isEqualTo(reason);
    }
}
