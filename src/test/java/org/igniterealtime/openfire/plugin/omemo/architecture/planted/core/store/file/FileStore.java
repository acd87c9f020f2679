package org.igniterealtime.openfire.plugin.omemo.architecture.planted.core.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

public class FileStore {
    byte[] readFile() throws IOException {
        return Files.readAllBytes(Path.of("state"));
    }
}
