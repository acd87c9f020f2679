package org.igniterealtime.openfire.plugin.omemo.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import org.igniterealtime.openfire.plugin.omemo.core.ratchet.PackagedSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core works with the relocated libraries, of which no more is packed than is used. */
class PackagedCoreIT {

    private static final String PLUGIN = "org/igniterealtime/openfire/plugin/omemo/";
    private static final int MOST_OF_BOUNCY_CASTLE = 400;

    @TempDir
    private static Path folder;

    private static Path library;

    @BeforeAll
    static void unpack() throws IOException {
        library = folder.resolve("omemo-lib.jar");
        try (ZipFile plugin = new ZipFile(Objects.requireNonNull(System.getProperty("plugin.jar"), "plugin.jar"))) {
            Files.copy(plugin.getInputStream(plugin.getEntry("lib/omemo-lib.jar")), library);
        }
    }

    @Test
    void aSessionIsBuiltAndUsedFromTheJarAlone() throws Exception {
        URL tests = PackagedSession.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] urls = {library.toUri().toURL(), tests};
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Callable<?> session = (Callable<?>) loader.loadClass(PackagedSession.class.getName())
                .getDeclaredConstructor().newInstance();
            assertThat(session.call()).isEqualTo(PackagedSession.PLAINTEXT);
        }
    }

    @Test
    void everyLibraryIsRelocatedAndCutToSize() throws IOException {
        try (ZipFile zip = new ZipFile(library.toFile())) {
            List<String> classes = zip.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
            assertThat(classes).allMatch(name -> name.startsWith(PLUGIN));
            assertThat(classes).filteredOn(name -> name.startsWith(PLUGIN + "shaded/bouncycastle/"))
                .hasSizeBetween(1, MOST_OF_BOUNCY_CASTLE);
        }
    }
}
