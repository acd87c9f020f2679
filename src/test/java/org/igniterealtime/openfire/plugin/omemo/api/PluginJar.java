package org.igniterealtime.openfire.plugin.omemo.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The packaged plugin: its classes stand in {@code classes/} and in the jars of {@code lib/}. */
final class PluginJar {

    private PluginJar() {
    }

    /**
     * Reads all class files, those of the libraries within as well.
     *
     * @throws IOException also when there are none
     */
    static List<byte[]> classFiles(Path jar) throws IOException {
        List<byte[]> classFiles = new ArrayList<>();
        try (InputStream file = Files.newInputStream(jar)) {
            addClassFiles(new ZipInputStream(file), classFiles);
        }
        if (classFiles.isEmpty()) {
            throw new IOException("No classes in " + jar);
        }
        return classFiles;
    }

    private static void addClassFiles(ZipInputStream zip, List<byte[]> classFiles) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().startsWith("lib/") && entry.getName().endsWith(".jar")) {
                addClassFiles(new ZipInputStream(zip), classFiles);
            } else if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                classFiles.add(zip.readAllBytes());
            }
        }
    }
}
