package org.igniterealtime.openfire.plugin.omemo.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileVectorsTest {

    @ParameterizedTest
    @EnumSource
    void theNamespaceAndTheLengthOfTheCodeAreThoseOfTheProfile(Profile profile) {
        Vectors vectors = Vectors.of(profile);
        assertThat(profile.family().namespace()).isEqualTo(vectors.text("namespace"));
        assertThat(vectors.at("payload").bytes("hmac_used")).hasSize(profile.payloadCodeLength());
    }
}
