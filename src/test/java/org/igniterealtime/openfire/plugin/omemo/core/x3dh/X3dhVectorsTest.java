package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.EphemeralKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Party;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SharedSecret;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.ScriptedRandom;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Section {@code x3dh}. */
class X3dhVectorsTest {

    static Stream<Vectors> x3dh() {
        return Vectors.sections("x3dh");
    }

    @ParameterizedTest
    @MethodSource("x3dh")
    void theInitiatorAgreesWithTheBundle(Vectors vectors) throws OmemoException {
        Party alice = Party.of(vectors.profile(), "A");
        Party bob = Party.of(vectors.profile(), "B");
        PreKeyPair oneTime = bob.preKey(vectors.number("opk_id"));
        assertThat(oneTime.privateBytes()).isEqualTo(vectors.bytes("opk_priv"));
        assertThat(oneTime.publicKey().toBytes()).isEqualTo(vectors.bytes("opk_pub"));
        ScriptedRandom random = new ScriptedRandom(vectors.bytes("ek_priv"));

        Initiation initiation =
            X3dh.initiate(alice.identity(), bob.bundle(), Optional.of(oneTime.publicKey()), random);

        KeyExchangeHeader header = initiation.header();
        assertThat(header.ephemeralKey().toBytes()).isEqualTo(vectors.bytes("ek_pub"));
        assertThat(header.encoding().encode(header.identityKey())).isEqualTo(vectors.bytes("header_identity_key"));
        assertThat(header.signedPreKeyId()).isEqualTo(vectors.number("spk_id"));
        assertThat(header.preKeyId()).isEqualTo(OptionalInt.of(vectors.number("opk_id")));
        assertThat(initiation.agreement().sharedSecret().toBytes()).isEqualTo(vectors.bytes("shared_secret"));
        assertThat(initiation.agreement().associatedData().toBytes()).isEqualTo(vectors.bytes("associated_data"));

        assertThat(X3dh.respond(bob.identity(), bob.signedPreKey(), Optional.of(oneTime), header))
            .isEqualTo(initiation.agreement());
    }

    @ParameterizedTest
    @MethodSource("x3dh")
    void theFourAgreementsAreThoseOfThePaper(Vectors vectors) throws OmemoException {
        Party alice = Party.of(vectors.profile(), "A");
        Party bob = Party.of(vectors.profile(), "B");
        EphemeralKeyPair ephemeral = EphemeralKeyPair.generate(new ScriptedRandom(vectors.bytes("ek_priv")));
        SignedPreKey signed = bob.signedPreKey().publicKey();
        IdentityKey identity = bob.identity().publicKey();
        var dh1 = alice.identity().agree(signed);
        var dh2 = ephemeral.agree(identity);
        var dh3 = ephemeral.agree(signed);
        var dh4 = ephemeral.agree(bob.preKey(vectors.number("opk_id")).publicKey());
        assertThat(dh1.toBytes()).isEqualTo(vectors.bytes("dh1_IKa_SPKb"));
        assertThat(dh2.toBytes()).isEqualTo(vectors.bytes("dh2_EKa_IKb"));
        assertThat(dh3.toBytes()).isEqualTo(vectors.bytes("dh3_EKa_SPKb"));
        assertThat(dh4.toBytes()).isEqualTo(vectors.bytes("dh4_EKa_OPKb"));
        assertThat(SharedSecret.derive(List.of(dh1, dh2, dh3, dh4)).toBytes())
            .isEqualTo(vectors.bytes("shared_secret"));
    }

    @ParameterizedTest
    @MethodSource("x3dh")
    void bothSidesAgreeWithoutAOneTimePrekeyToo(Vectors vectors) throws OmemoException {
        Party alice = Party.of(vectors.profile(), "A");
        Party bob = Party.of(vectors.profile(), "B");
        Initiation initiation = X3dh.initiate(
            alice.identity(), bob.bundle(), Optional.empty(), new ScriptedRandom(vectors.bytes("ek_priv")));
        assertThat(initiation.header().preKeyId()).isEmpty();
        assertThat(initiation.agreement().sharedSecret().toBytes()).isNotEqualTo(vectors.bytes("shared_secret"));
        assertThat(X3dh.respond(bob.identity(), bob.signedPreKey(), Optional.empty(), initiation.header()))
            .isEqualTo(initiation.agreement());
    }
}
