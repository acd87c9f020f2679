package org.igniterealtime.openfire.plugin.omemo.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;

/** Looks into the keys of a message, where only the vectors may. */
public record CipherKeysParts(byte[] material) {

    public static CipherKeysParts of(CipherKeys keys) {
        return new CipherKeysParts(keys.material);
    }

    /** The 80 bytes and their parts are those of this section. */
    public void areThoseOf(Vectors vectors) {
        assertThat(material).isEqualTo(vectors.bytes("hkdf80"));
        assertThat(Arrays.copyOf(material, 32)).isEqualTo(vectors.bytes("enc_key"));
        assertThat(Arrays.copyOfRange(material, 32, 64)).isEqualTo(vectors.bytes("auth_key"));
        assertThat(Arrays.copyOfRange(material, 64, 80)).isEqualTo(vectors.bytes("iv"));
    }
}
