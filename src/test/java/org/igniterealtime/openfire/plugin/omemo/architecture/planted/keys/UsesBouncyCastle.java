package org.igniterealtime.openfire.plugin.omemo.architecture.planted.keys;

import org.bouncycastle.crypto.Digest;

public class UsesBouncyCastle {
    Digest digest;
}
