package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every property that the code knows is documented, and every one that is for people is on the page of settings. */
class DocumentedPropertiesTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Pattern NAME = Pattern.compile("plugin\\.omemo\\.[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*\\.?");

    /** Those that the plugin keeps for itself. */
    private static final Set<String> INTERNAL =
        Set.of("plugin.omemo.lastgood.", "plugin.omemo.bots.key", "plugin.omemo.selftest.account.");

    /** Policies and bots have tables and forms of their own on the page. */
    private static final Set<String> IN_TABLES = Set.of("plugin.omemo.policy.", "plugin.omemo.bot.");

    @Test
    void theCodeKnowsTheseProperties() throws IOException {
        Set<String> expected = new TreeSet<>(INTERNAL);
        expected.addAll(IN_TABLES);
        Arrays.stream(PlainSetting.values()).map(PlainSetting::property).forEach(expected::add);

        assertThat(inCode()).as("all of them are on the page of settings, or for the plugin alone")
            .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void theReadmeOfThePluginTellsOfEveryProperty() throws IOException {
        Set<String> documented = documented("readme.html");

        assertThat(inCode()).allMatch(property -> documented.stream().anyMatch(name -> (name + '.').startsWith(property)), "is documented");
    }

    @ParameterizedTest
    @ValueSource(strings = {"readme.html", "README.md", "changelog.html", "docs/POLICY.md", "src/main/i18n/omemo_i18n.properties",
        "src/main/i18n/omemo_i18n_de.properties"})
    void noneIsToldOfThatTheCodeDoesNotKnow(String file) throws IOException {
        Set<String> known = inCode();

        assertThat(documented(file)).allMatch(name -> known.stream().anyMatch(property -> property.endsWith(".")
            ? (name + '.').startsWith(property) : name.equals(property)), "is known to the code");
    }

    @Test
    void theReadmeOfTheSourcesTellsOfEveryPropertyThatIsForPeople() throws IOException {
        Set<String> documented = documented("README.md");

        assertThat(Arrays.stream(PlainSetting.values()).map(PlainSetting::property)).allMatch(documented::contains, "is documented");
        assertThat(IN_TABLES).allMatch(property -> documented.stream().anyMatch(name -> (name + '.').startsWith(property)), "is documented");
    }

    /** What the constants of all classes name, as they are after compilation; those that something is appended to end in a dot. */
    private static Set<String> inCode() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> names.addAll(names(file, StandardCharsets.ISO_8859_1)));
        }
        // What only stands in front of the names of others.
        names.removeAll(Set.of("plugin.omemo.bot", "plugin.omemo.bots."));
        return names.stream().map(name -> name.startsWith("plugin.omemo.policy.") ? "plugin.omemo.policy." : name)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a text names; a dot behind a name may end a sentence. */
    private static Set<String> documented(String file) throws IOException {
        return names(Path.of(file), StandardCharsets.UTF_8).stream().filter(name -> !name.startsWith("plugin.omemo.core.")
            && !name.startsWith("plugin.omemo.protocol.")).map(name -> name.replaceAll("\\.$", "")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Path file, Charset charset) {
        try {
            Matcher matcher = NAME.matcher(Files.readString(file, charset).replace("<em>", ""));
            return matcher.results().map(result -> result.group()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
