package org.igniterealtime.openfire.plugin.omemo.core.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process with python-twomemo, which reads requests and writes answers, each a line of JSON: {@code twomemo/peer.py}.
 * It uses no network, and ends at the latest with this JVM.
 */
final class TwomemoProcess implements AutoCloseable {

    /** What to do where there is none. */
    static final String HOW_TO_INSTALL =
        "python-twomemo is not installed; on Debian: apt-get install python3-twomemo python3-xmlschema";

    /** The first one on the path may not be Debian's own, for which its packages are. */
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private static final int PATIENCE_IN_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private TwomemoProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Empty where python-twomemo is not installed. */
    static Optional<TwomemoProcess> start() throws IOException, InterruptedException, URISyntaxException {
        for (String interpreter : INTERPRETERS) {
            if (isInstalledFor(interpreter)) {
                Path script = Path.of(TwomemoProcess.class.getResource("/twomemo/peer.py").toURI());
                return Optional.of(new TwomemoProcess(
                    new ProcessBuilder(interpreter, script.toString()).redirectError(Redirect.INHERIT).start()));
            }
        }
        return Optional.empty();
    }

    private static boolean isInstalledFor(String interpreter) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(interpreter, "-c", "import omemo, twomemo.etree")
                .redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
        } catch (IOException e) {
            return false;
        }
        try {
            return process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    /** @throws AssertionError if there is no answer, or none that the script foresees */
    JsonNode ask(String what, Map<String, String> parameters) {
        Map<String, String> request = new HashMap<>(parameters);
        request.put("do", what);
        try {
            JsonNode answer = JSON.readTree(CompletableFuture.supplyAsync(() -> exchange(request))
                .get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS));
            if (answer.has("failed")) {
                throw new AssertionError(answer.get("failed").textValue());
            }
            return answer;
        } catch (TimeoutException | ExecutionException | IOException | InterruptedException e) {
            close();
            throw new AssertionError("no answer to " + what, e);
        }
    }

    private String exchange(Map<String, String> request) {
        try {
            in.write(JSON.writeValueAsString(request) + '\n');
            in.flush();
            String line = out.readLine();
            if (line == null) {
                throw new EOFException("the process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
