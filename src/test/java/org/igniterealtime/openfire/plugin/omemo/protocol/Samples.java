package org.igniterealtime.openfire.plugin.omemo.protocol;

import java.util.List;

/** The examples of XEP-0384, with data of a real length in place of "b64/encoded/data", and the vectors. */
final class Samples {

    static final String KEY = Xml.base64(140);
    static final String PAYLOAD = Xml.base64(64);

    private Samples() {
    }

    /** 0.3, "Sending a message". */
    static String legacy() {
        return """
                <encrypted xmlns='eu.siacs.conversations.axolotl'>
                  <header sid='27183'>
                    <key rid='31415'>KEY</key>
                    <key prekey="true" rid='12321'>KEY</key>
                    <iv>AAAAAAAAAAAAAAAA</iv>
                  </header>
                  <payload>PAYLOAD</payload>
                </encrypted>""".replace("KEY", KEY).replace("PAYLOAD", PAYLOAD);
    }

    /** 0.4, "Sending a message" (in a group it writes {@code prekey} for {@code kex}); 0.8 differs in the namespace. */
    static String grouped(Family family) {
        return """
                <encrypted xmlns='NAMESPACE'>
                  <header sid='27183'>
                    <keys jid='juliet@capulet.lit'>
                      <key rid='31415'>KEY</key>
                    </keys>
                    <keys jid='romeo@montague.lit'>
                      <key rid='1337'>KEY</key>
                      <key kex="true" rid='12321'>KEY</key>
                    </keys>
                  </header>
                  <payload>PAYLOAD</payload>
                </encrypted>""".replace("NAMESPACE", family.namespace()).replace("KEY", KEY)
                .replace("PAYLOAD", PAYLOAD);
    }

    static String encrypted(Family family) {
        return family == Family.LEGACY ? legacy() : grouped(family);
    }

    static String deviceList(Family family) {
        return switch (family) {
            case LEGACY -> """
                    <list xmlns='eu.siacs.conversations.axolotl'>
                      <device id='12345' />
                      <device id='4223' />
                      <device id='31415' />
                    </list>""";
            case OMEMO_1 -> """
                    <devices xmlns='urn:xmpp:omemo:1'>
                      <device id='12345' label='Dino on Lenovo Thinkpad T495'/>
                      <device id='4223' />
                      <device id='31415' label='Conversations on Pixel 3' />
                    </devices>""";
            case OMEMO_2 -> """
                    <devices xmlns='urn:xmpp:omemo:2'>
                      <device id='12345' label='Dino on Lenovo Thinkpad T495' labelsig='SIGNATURE'/>
                      <device id='4223' />
                      <device id='31415' label='Conversations on Pixel 3' />
                    </devices>""".replace("SIGNATURE", Xml.base64(64));
        };
    }

    /** The legacy vectors were made without prekeys; one is put in. */
    static String bundle(Family family) {
        return switch (family) {
            case LEGACY -> legacyBundles().get(0);
            case OMEMO_1 -> Xml.vectors("vectors-omemo1.json", "bundle_xml").get(0);
            case OMEMO_2 -> Xml.vectors("vectors-omemo2.json", "bundle_xml").get(0);
        };
    }

    static List<String> legacyBundles() {
        return Xml.vectors("vectors-legacy.json", "bundle_xml").stream()
                .map(xml -> xml.replace("<ns0:prekeys />", "<ns0:prekeys><ns0:preKeyPublic preKeyId='1'>"
                        + "BbbYU1JFu1hK6m5MtioX3XuiemMGz7STcEV3eGGktKRe</ns0:preKeyPublic></ns0:prekeys>"))
                .toList();
    }
}
