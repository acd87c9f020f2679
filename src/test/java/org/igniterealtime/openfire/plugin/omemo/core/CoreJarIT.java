package org.igniterealtime.openfire.plugin.omemo.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.dom4j.io.SAXReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core is a library: its jar does what the README shows with what its own pom names, and without Openfire. */
class CoreJarIT {

    private static final String PLUGIN = "org/igniterealtime/openfire/plugin/omemo/";
    private static final String POM = "META-INF/maven/org.igniterealtime.openfire.plugins/omemo-core/pom.xml";
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Path JAR = path("core.jar");
    private static final Path LIBRARIES = path("core.libraries");

    @TempDir
    private Path folder;

    @Test
    void itHoldsTheCoreAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith(PLUGIN + "core/") || name.startsWith(PLUGIN + "protocol/"));
            assertThat(jar.stream().map(Object::toString)).contains("META-INF/LICENSE", "META-INF/LICENSE-libraries");
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                .isEqualTo("org.igniterealtime.openfire.plugin.omemo.core");
        }
    }

    @Test
    void itNeedsWhatItsPomNamesAndNothingElse() throws Exception {
        List<String> needed = new ArrayList<>(List.of("java.base", "java.xml"));
        libraries().forEach(library -> needed.add(library.toString()));
        assertThat(jdeps("-summary", "--multi-release", "base", "--class-path", classPath(libraries()), JAR.toString()))
            .containsExactlyInAnyOrderElementsOf(
                needed.stream().map(name -> JAR.getFileName() + " -> " + name).toList());
    }

    @Test
    void theExampleOfTheReadmeRuns() throws Exception {
        MatchResult example = EXAMPLE.matcher(Files.readString(Path.of("README.md"))).results().findFirst().orElseThrow();
        Path source = Files.writeString(folder.resolve("Example.java"), example.group(1));
        List<Path> classPath = Stream.concat(Stream.of(JAR), libraries().stream()).toList();
        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", classPath(classPath), source.toString()).redirectErrorStream(true).start();
        assertThat(new String(java.getInputStream().readAllBytes())).isEqualToIgnoringNewLines("Hello, Bob");
        assertThat(java.waitFor()).isZero();
    }

    /** What the pom in the jar names, each in the version that it names. */
    private static List<Path> libraries() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile()); InputStream pom = jar.getInputStream(jar.getEntry(POM))) {
            List<Path> libraries = new ArrayList<>();
            for (Element dependency : new SAXReader().read(pom).getRootElement().element("dependencies").elements()) {
                libraries.add(LIBRARIES.resolve(
                    dependency.elementText("artifactId") + '-' + dependency.elementText("version") + ".jar"));
            }
            assertThat(libraries).isNotEmpty().allMatch(Files::exists);
            return libraries;
        }
    }

    private static List<String> jdeps(String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, arguments);
        return output.toString().lines().toList();
    }

    private static String classPath(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path path(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
