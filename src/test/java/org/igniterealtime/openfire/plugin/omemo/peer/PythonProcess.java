package org.igniterealtime.openfire.plugin.omemo.peer;

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
 * A process of Python, with software by others, which reads requests and writes answers, each a line of JSON. It ends
 * at the latest with its input, when this JVM has ended.
 */
public final class PythonProcess implements AutoCloseable {

    /** The first one on the path may not be Debian's own, for which its packages are. */
    private static final List<String> INTERPRETERS = List.of("python3", "/usr/bin/python3");

    private static final int PATIENCE_IN_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final Tail errors;

    private PythonProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        this.errors = Tail.of(process.errorReader(StandardCharsets.UTF_8));
    }

    /** An interpreter that has all of these modules; empty where none has. */
    public static Optional<String> interpreterWith(String modules) throws InterruptedException {
        for (String interpreter : INTERPRETERS) {
            if (has(interpreter, modules)) {
                return Optional.of(interpreter);
            }
        }
        return Optional.empty();
    }

    private static boolean has(String interpreter, String modules) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(interpreter, "-c", "import " + modules)
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

    /** @param script a resource, beside which are the modules of ours that it imports */
    public static PythonProcess start(String interpreter, String script) throws IOException, URISyntaxException {
        Path path = Path.of(PythonProcess.class.getResource(script).toURI());
        return new PythonProcess(new ProcessBuilder(interpreter, "-B", path.toString()).start());
    }

    /** @throws AssertionError if there is no answer, or none that the script foresees, with what the process said */
    public JsonNode ask(String what, Map<String, String> parameters) {
        Map<String, String> request = new HashMap<>(parameters);
        request.put("do", what);
        try {
            JsonNode answer = JSON.readTree(CompletableFuture.supplyAsync(() -> exchange(request))
                .get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS));
            if (answer.has("failed")) {
                throw new AssertionError(what + ": " + answer.get("failed").textValue() + errors());
            }
            return answer;
        } catch (TimeoutException | ExecutionException | IOException | InterruptedException e) {
            close();
            throw new AssertionError("no answer to " + what + errors(), e);
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

    /** The last of what the process has printed on its error output. */
    public String errors() {
        return "\nIts error output ends with:\n" + errors.text();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
