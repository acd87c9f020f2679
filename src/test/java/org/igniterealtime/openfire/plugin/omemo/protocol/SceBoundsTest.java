package org.igniterealtime.openfire.plugin.omemo.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plaintexts made to cost much: they cost little. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SceBoundsTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final int LARGE = 256 * 1024 - 1_000;

    static Stream<Arguments> bombs() {
        String billionLaughs = "<!DOCTYPE content [<!ENTITY a0 'ha'>"
                + repeat(9, i -> "<!ENTITY a" + (i + 1) + " '" + ("&a" + i + ";").repeat(10) + "'>")
                + "]>" + inside("<x xmlns='u'>&a9;</x>");
        String longNamespace = "u".repeat(1_000);
        return Stream.of(
                arguments("billion laughs", billionLaughs, Flaw.UNEXPECTED_NODE),
                arguments("an entity that names itself", "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>",
                        Flaw.UNEXPECTED_NODE),
                arguments("a document type of parameter entities",
                        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]>", Flaw.UNEXPECTED_NODE),
                arguments("100,000 levels, too large", inside(nested(100_000)), Flaw.TOO_LARGE),
                arguments("30,000 levels", inside(nested(30_000)), Flaw.TOO_DEEP),
                arguments("30,000 levels that do not end", inside("<x xmlns='u'>" + "<x>".repeat(30_000)), Flaw.TOO_DEEP),
                arguments("28,000 levels of the outermost", "<content>".repeat(28_000), Flaw.WRONG_ELEMENT),
                arguments("levels in an affix", inside("").replace("<rpad/>", "<rpad>".repeat(28_000)),
                        Flaw.UNEXPECTED_ELEMENT),
                arguments("60,000 elements", inside("<x xmlns='u'>" + "<x/>".repeat(60_000) + "</x>"),
                        Flaw.TOO_MANY_ELEMENTS),
                arguments("42,000 elements side by side", content(" xmlns:p='u'", "<p:x/>".repeat(42_000)),
                        Flaw.TOO_MANY_ELEMENTS),
                arguments("a namespace that every element repeats", content(" xmlns:p='" + longNamespace + "'",
                        "<p:x/>".repeat(9_000)), Flaw.TOO_LARGE),
                arguments("a namespace that every child repeats", content(" xmlns:p='" + longNamespace + "'",
                        "<x xmlns='u'>" + "<p:x/>".repeat(9_000) + "</x>"), Flaw.TOO_LARGE),
                arguments("a name without end", inside("<" + "x".repeat(LARGE)), Flaw.NOT_XML),
                arguments("20,000 attributes", inside("<x xmlns='u'" + attributes(20_000) + "/>"), Flaw.NOT_XML),
                arguments("200 attributes", inside("<x xmlns='u'" + attributes(200) + "/>"), null),
                arguments("201 attributes", inside("<x xmlns='u'" + attributes(201) + "/>"), Flaw.NOT_XML),
                arguments("attributes whose hashes collide", inside("<x xmlns='u'"
                        + repeat(8_192, i -> " " + collision(i) + "=''") + "/>"), Flaw.NOT_XML),
                arguments("14,000 prefixes of one element", content(prefixes(0, 14_000), "<x xmlns='u'/>"), null),
                arguments("9,000 prefixes in scope, and uses of the outermost", content(prefixes(0, 190),
                        repeat(50, i -> "<x xmlns='u'" + prefixes(190 * (i + 1), 180) + ">")
                                + "<p0:x/>".repeat(9_000) + "</x>".repeat(50)), null),
                arguments("ampersands in CDATA", inside("<x xmlns='u'><![CDATA[" + "&".repeat(LARGE) + "]]></x>"), null),
                arguments("character references", inside("<x xmlns='u'>" + "&#65;".repeat(LARGE / 5) + "</x>"), null),
                arguments("sections of CDATA", inside("<x xmlns='u'>" + "<![CDATA[]]>".repeat(LARGE / 12) + "</x>"), null),
                arguments("white space", inside(" ".repeat(LARGE)), null),
                arguments("a document type after much white space", " ".repeat(LARGE) + "<!DOCTYPE a>",
                        Flaw.UNEXPECTED_NODE),
                arguments("a declaration without end", "<?xml " + "<?xml ".repeat(40_000), Flaw.UNEXPECTED_NODE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void areBounded(String name, String xml, Flaw flaw) {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        long before = allocated();
        MalformedElementException malformed = catchThrowableOfType(MalformedElementException.class,
                () -> SceContent.parse(bytes, SceForm.CONTENT));
        assertThat(allocated() - before).as("bytes allocated").isLessThan(64 * MEBIBYTE);
        assertThat(malformed == null ? null : malformed.flaw()).isEqualTo(flaw);
    }

    /** 100,000 levels within the limit of bytes, if somebody sets that higher. */
    @Test
    void doNotNeedMoreStackForMoreLevels() throws Exception {
        byte[] bytes = inside(nested(100_000)).getBytes(StandardCharsets.UTF_8);
        SceLimits wide = new SceLimits(1 << 20, 64, 200_000);
        assertThat(catchThrowableOfType(MalformedElementException.class,
                () -> SceContent.parse(bytes, SceForm.CONTENT, wide)).flaw()).isEqualTo(Flaw.TOO_DEEP);

        SceContent content = SceContent.parse(bytes, SceForm.CONTENT, new SceLimits(1 << 20, 100_000, 200_000));
        assertThat(content.toBytes(SceForm.CONTENT)).isEqualTo(bytes);
    }

    /** The JDK's parser would, when it reads a document type. */
    @Test
    void printNothing() {
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            for (String xml : new String[] {"<!DOCTYPE a [<!ELEMENT a", "<!DOCTYPE a [<!ATTLIST a b C", "<!DOCTYPE a [<!--",
                    "<?xml version='1.0'?> <!DOCTYPE a [<!ENTITY", "<!DOCTYPE"}) {
                assertThat(catchThrowableOfType(MalformedElementException.class,
                        () -> SceContent.parse(xml.getBytes(StandardCharsets.UTF_8), SceForm.CONTENT)).flaw())
                        .isEqualTo(Flaw.UNEXPECTED_NODE);
            }
        } finally {
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static String content(String declarations, String elements) {
        return "<content xmlns='urn:xmpp:sce:0'" + declarations + "><payload>" + elements + "</payload><rpad/></content>";
    }

    private static String inside(String elements) {
        return content("", elements);
    }

    private static String attributes(int count) {
        return repeat(count, i -> " a" + i + "=''");
    }

    private static String prefixes(int from, int count) {
        return repeat(count, i -> " xmlns:p" + (from + i) + "='u'");
    }

    private static String nested(int levels) {
        return "<x xmlns='u'>" + "<x>".repeat(levels - 2) + "<x/>" + "</x>".repeat(levels - 1);
    }

    private static String repeat(int times, IntFunction<String> text) {
        return IntStream.range(0, times).mapToObj(text).collect(Collectors.joining());
    }

    /** "Aa" and "BB" have the same hash. */
    private static String collision(int number) {
        return repeat(13, bit -> (number >> bit & 1) == 0 ? "Aa" : "BB");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
