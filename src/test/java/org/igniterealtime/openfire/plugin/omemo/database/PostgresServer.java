package org.igniterealtime.openfire.plugin.omemo.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/** Starts PostgreSQL from the binaries on the class path. */
final class PostgresServer {

    private static final String BINARIES = "/postgres-linux-x86_64.txz";

    private PostgresServer() {
    }

    /** @throws IOException why it cannot be had, for people */
    static DatabaseServer start() throws IOException {
        DatabaseServer server = DatabaseServer.inNewFolder("postgresql");
        unpack(server.folder());
        server.handOver();
        Path data = server.folder().resolve("data");
        Path bin = server.folder().resolve("bin");
        server.run(List.of(bin.resolve("initdb").toString(), "-D", data.toString(), "-U", "root", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"));
        server.serve(List.of(bin.resolve("postgres").toString(), "-D", data.toString(), "-p",
            Integer.toString(server.port()), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "fsync=off"), "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres");
        return server;
    }

    private static void unpack(Path folder) throws IOException {
        if (!System.getProperty("os.name").equals("Linux") || !System.getProperty("os.arch").equals("amd64")) {
            throw new IOException("there are binaries for Linux on amd64 only");
        }
        try (InputStream packed = PostgresServer.class.getResourceAsStream(BINARIES)) {
            if (packed == null) {
                throw new IOException("its binaries are not on the class path");
            }
            Process tar = new ProcessBuilder("tar", "-xf", "-", "-C", folder.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try (OutputStream out = tar.getOutputStream(); InputStream in = new XZInputStream(packed)) {
                in.transferTo(out);
            }
            if (tar.waitFor() != 0) {
                throw new IOException("its binaries cannot be unpacked by tar");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
