package org.igniterealtime.openfire.plugin.omemo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final Scene SCENE = new Scene("room@conference.example", "witness", "guest@example", "other@example");
    private static final int SOME = 5_000;

    @Test
    void aSeedAndANumberMakeTheSameStanzaAgain() {
        Generator generator = new Generator(7);
        Shot shot = generator.shot(123, SCENE);
        generator.shot(124, SCENE);

        assertThat(new Generator(7).shot(123, SCENE)).isEqualTo(shot);
        assertThat(new Generator(8).shot(123, SCENE)).isNotEqualTo(shot);
    }

    @Test
    void whatIsNotMeantToBreakAStreamIsXml() throws Exception {
        Generator generator = new Generator(1);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        for (int number = 0; number < SOME; number++) {
            Shot shot = generator.shot(number, SCENE);
            if (shot.kind() != Shot.Kind.STREAM) {
                XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(shot.xml()));
                while (reader.hasNext()) {
                    reader.next();
                }
            }
        }
    }

    @Test
    void allKindsOccurAndNearlyAllStanzasTellTheirSecret() {
        Generator generator = new Generator(1);
        Set<Shot.Kind> kinds = EnumSet.noneOf(Shot.Kind.class);
        Set<String> different = new HashSet<>();
        int telling = 0;
        for (int number = 0; number < SOME; number++) {
            Shot shot = generator.shot(number, SCENE);
            kinds.add(shot.kind());
            different.add(shot.xml());
            telling += Secret.encodedIn(shot.xml()).isPresent() || shot.xml().contains("&#") ? 1 : 0;
        }

        assertThat(kinds).containsExactlyInAnyOrder(Shot.Kind.values());
        assertThat(different).hasSizeGreaterThan(SOME * 99 / 100);
        assertThat(telling).isGreaterThan(SOME * 3 / 4);
    }

    @Test
    void aSecretIsReadHoweverItIsWritten() {
        String secret = Secret.of(4_711);
        Pen pen = new Pen(new Dice(1, 1), secret);
        for (int i = 0; i < 500; i++) {
            assertThat(Secret.encodedIn(pen.words())).isEqualTo(OptionalInt.of(4_711));
        }
        assertThat(Secret.encodedIn(pen.encoded(100))).isEqualTo(OptionalInt.of(4_711));
        assertThat(Secret.encodedIn("a qleak nobody wrote")).isEmpty();
    }
}
