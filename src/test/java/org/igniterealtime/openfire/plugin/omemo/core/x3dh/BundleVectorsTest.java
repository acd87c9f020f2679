package org.igniterealtime.openfire.plugin.omemo.core.x3dh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Stream;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException.Reason;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityEncoding;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.IdentityKey;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Party;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.PreKeyPair;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.Signature;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SignedPreKey;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Refused;
import org.igniterealtime.openfire.plugin.omemo.core.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Section {@code parties}. The signatures, made by XEdDSA with the nonces of the file, are verified and not reproduced:
 * our identity keys come from Ed25519 seeds.
 */
class BundleVectorsTest {

    static Stream<Party> parties() {
        return Stream.of(Profile.values())
            .flatMap(profile -> Stream.of(Party.of(profile, "A"), Party.of(profile, "B")));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void theKeysBelongTogether(Party party) throws OmemoException {
        Vectors vectors = party.vectors();
        IdentityKey identity = party.identity().publicKey();
        assertThat(identity.toBytes()).isEqualTo(vectors.bytes("identity_u"));
        byte[] point = vectors.bytes("identity_ed");
        assertThat((point[31] & 0x80) >> 7).isEqualTo(vectors.number("identity_ed_sign_bit"));
        assertThat(IdentityEncoding.ED25519.decode(point).toBytes()).isEqualTo(vectors.bytes("identity_u"));
        assertThat(vectors.profile().identityEncoding().encode(identity)).isEqualTo(vectors.bytes("identity_wire"));
        assertThat(party.signedPreKey().publicKey().toBytes()).isEqualTo(vectors.bytes("spk_pub"));
        vectors.each("pre_keys").forEach(key -> assertThat(
            PreKeyPair.of(key.number("id"), key.bytes("priv")).publicKey().toBytes()).isEqualTo(key.bytes("pub")));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void theBundleVerifiesInTheEncodingOfItsProfile(Party party) throws OmemoException, DocumentException {
        Element xml = DocumentHelper.parseText(party.vectors().text("bundle_xml")).getRootElement();
        Element signed = xml.element("spk");
        SignedPreKey signedPreKey = SignedPreKey.decode(Integer.parseInt(signed.attributeValue("id")), base64(signed));
        assertThat(signedPreKey).isEqualTo(party.signedPreKey().publicKey());
        assertThat(base64(xml.element("spks"))).isEqualTo(party.vectors().bytes("spk_signature"));
        Signature signature = Signature.decode(base64(xml.element("spks")));

        PreKeyBundle bundle =
            PreKeyBundle.verify(party.vectors().profile(), base64(xml.element("ik")), signedPreKey, signature);

        assertThat(bundle.encoding()).isEqualTo(party.vectors().profile().identityEncoding());
        assertThat(bundle.identityKey()).isEqualTo(party.identity().publicKey());
    }

    /** What 0.5 to 0.7 published: the bundles of 0.8 under the namespace of 0.4. */
    @ParameterizedTest
    @MethodSource("parties")
    void anEd25519PointUnderTheOldNamespaceIsRecognised(Party party) throws OmemoException {
        Party modern = Party.of(Profile.OMEMO_2, party.vectors().text("jid").startsWith("alice") ? "A" : "B");
        PreKeyBundle bundle = PreKeyBundle.verify(Profile.OMEMO_1, modern.vectors().bytes("identity_ed"),
            modern.signedPreKey().publicKey(), Signature.decode(modern.vectors().bytes("spk_signature")));
        assertThat(bundle.encoding()).isEqualTo(IdentityEncoding.ED25519);
        assertThat(bundle.identityKey()).isEqualTo(modern.identity().publicKey());
    }

    @ParameterizedTest
    @MethodSource("parties")
    void aForgedSignatureIsRefused(Party party) throws OmemoException {
        byte[] signature = party.vectors().bytes("spk_signature");
        signature[0] ^= 1;
        Signature forged = Signature.decode(signature);
        Refused.with(Reason.INVALID_SIGNATURE, () -> PreKeyBundle.verify(party.vectors().profile(),
            party.vectors().bytes("identity_wire"), party.signedPreKey().publicKey(), forged));
    }

    private static byte[] base64(Element element) {
        return Base64.getDecoder().decode(element.getText());
    }
}
