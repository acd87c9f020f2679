package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Openfire's home folder: what has to lie in it before a server starts, and its removal. */
final class Home {

    private static final String CONFIGURATION = """
        <?xml version="1.0" encoding="UTF-8"?>
        <jive>
          <setup>true</setup>
          <locale>en</locale>
          <network><interface>127.0.0.1</interface></network>
          <adminConsole><port>%d</port><securePort>-1</securePort><interface>127.0.0.1</interface></adminConsole>
          <connectionProvider><className>%s</className></connectionProvider>
        </jive>
        """;
    private static final String SECURITY = """
        <?xml version="1.0" encoding="UTF-8"?>
        <security><encrypt><algorithm>AES</algorithm></encrypt></security>
        """;

    private final Path folder;

    private Home(Path folder) {
        this.folder = folder;
    }

    static Home temporary() throws IOException {
        return new Home(Files.createTempDirectory("omemo-openfire-"));
    }

    static Home at(Path folder) {
        return new Home(folder);
    }

    Path folder() {
        return folder;
    }

    /** Writes what is missing; a home that has been used before keeps its database and its plugins. */
    void prepare(int adminPort) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/openfire.xml"), CONFIGURATION.formatted(adminPort, HomeDatabase.class.getName()));
        if (Files.notExists(folder.resolve("conf/security.xml"))) {
            Files.writeString(folder.resolve("conf/security.xml"), SECURITY);
        }
        for (String store : new String[] {"keystore", "truststore", "client.truststore"}) {
            emptyKeyStore(folder.resolve("resources/security").resolve(store));
        }
        copy("openfire_hsqldb.sql", "resources/database/openfire_hsqldb.sql");
        copy("admin/plugin.xml", "plugins/admin/plugin.xml");
        copy("admin/webapp/WEB-INF/web.xml", "plugins/admin/webapp/WEB-INF/web.xml");
    }

    void delete() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }

    private void copy(String resource, String to) throws IOException {
        Path target = folder.resolve(to);
        Files.createDirectories(target.getParent());
        try (InputStream in = Home.class.getResourceAsStream("/embedded/" + resource)) {
            if (in == null) {
                throw new IOException("No resource /embedded/" + resource);
            }
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** TLS is off on the loopback interface, but Openfire wants to open its key stores. */
    private static void emptyKeyStore(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.store(out, "changeit".toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot write an empty key store to " + file, e);
        }
    }
}
