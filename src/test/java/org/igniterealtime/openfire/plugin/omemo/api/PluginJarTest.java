package org.igniterealtime.openfire.plugin.omemo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {

    private static final byte[] BYTES = {1, 2, 3};
    private static final byte[] OTHERS = {4, 5};

    @TempDir
    private Path folder;

    @Test
    void classesAreReadFromTheJarAndFromItsLibraries() throws IOException {
        byte[] library = jar(Map.of("a/A.class", BYTES, "module-info.class", OTHERS, "a/notes.txt", OTHERS));
        Path plugin = Files.write(
            folder.resolve("plugin.jar"), jar(Map.of("lib/plugin-lib.jar", library, "classes/b/B.class", OTHERS)));

        assertThat(PluginJar.classFiles(plugin)).containsExactlyInAnyOrder(BYTES, OTHERS);
    }

    @Test
    void aJarThatIsNotThereIsNoEmptyJar() {
        assertThatThrownBy(() -> PluginJar.classFiles(folder.resolve("none.jar")))
            .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aJarWithoutClassesIsRefused() throws IOException {
        Path plugin = Files.write(folder.resolve("plugin.jar"), jar(Map.of("plugin.xml", BYTES)));

        assertThatThrownBy(() -> PluginJar.classFiles(plugin))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("plugin.jar");
    }

    private static byte[] jar(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
