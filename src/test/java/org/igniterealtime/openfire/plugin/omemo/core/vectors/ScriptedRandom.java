package org.igniterealtime.openfire.plugin.omemo.core.vectors;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Randomness that was written down before: each call takes the next piece, and takes it whole. */
public final class ScriptedRandom extends SecureRandom {

    private static final long serialVersionUID = 1;

    private final transient Deque<byte[]> pieces = new ArrayDeque<>();

    public ScriptedRandom(byte[]... pieces) {
        this.pieces.addAll(Arrays.asList(pieces));
    }

    public boolean isUsedUp() {
        return pieces.isEmpty();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        byte[] piece = pieces.remove();
        if (piece.length != bytes.length) {
            throw new IllegalStateException(bytes.length + " bytes asked for, " + piece.length + " written down");
        }
        System.arraycopy(piece, 0, bytes, 0, bytes.length);
    }
}
