package org.igniterealtime.openfire.plugin.omemo.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A Chromium without a window, driven over the DevTools protocol: nothing is needed but the browser, which is looked for
 * where the system property {@code chromium} says, and in {@code PATH}.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private Browser(Path program) throws IOException {
        profile = Files.createTempDirectory("omemo-browser-");
        // Containers have no sandbox and little shared memory; nothing but our own pages is opened.
        process = new ProcessBuilder(program.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--hide-scrollbars", "--remote-debugging-port=0",
            "--remote-debugging-address=127.0.0.1", "--remote-allow-origins=*", "--user-data-dir=" + profile,
            "about:blank").redirectErrorStream(true).redirectOutput(profile.resolve("log").toFile()).start();
        try {
            socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(page(), new Listener()).join();
            call("Page.enable");
            call("Runtime.enable");
            call("Log.enable");
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where a Chromium or Chrome is installed, if one is. */
    public static Optional<Path> installed() {
        String given = System.getProperty("chromium");
        Stream<Path> places = given != null ? Stream.of(Path.of(given))
            : Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)));
        return places.filter(Files::isExecutable).findFirst();
    }

    /** Starts the one that is installed. */
    public static Browser start() {
        try {
            return new Browser(installed().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the window so many pixels large, and the system light or dark. */
    public void window(int width, int height, boolean dark) {
        call("Emulation.setDeviceMetricsOverride", "width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
        ObjectNode scheme = JSON.createObjectNode().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", "features", JSON.createArrayNode().add(scheme));
    }

    /** Opens a page, and waits until it is there. */
    public void open(String address) {
        loaded = new CompletableFuture<>();
        call("Page.navigate", "url", address);
        awaitPage();
    }

    /** Types into a field, after what is in it was removed. @param field a CSS selector */
    public void type(String field, String text) {
        run("(() => { const field = document.querySelector(" + quote(field) + "); field.focus(); field.select(); })()");
        call("Input.insertText", "text", text);
    }

    /** Chooses in a list. @param field a CSS selector */
    public void choose(String field, String value) {
        run("document.querySelector(" + quote(field) + ").value = " + quote(value));
    }

    /** Clicks, and waits for the page that this leads to. @param element a CSS selector */
    public void follow(String element) {
        loaded = new CompletableFuture<>();
        run("document.querySelector(" + quote(element) + ").click()");
        awaitPage();
    }

    /** What a piece of script says, as text. */
    public String run(String script) {
        JsonNode result = call("Runtime.evaluate", "expression", script, "returnByValue", true);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value").asText();
    }

    /** The text that is to be seen on the page. */
    public String text() {
        return run("document.body.innerText");
    }

    /** Errors of scripts, and what the browser refused to load or to run. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** A picture of the whole page as PNG. */
    public void screenshot(Path file) {
        JsonNode size = call("Page.getLayoutMetrics").path("cssContentSize");
        ObjectNode clip = JSON.createObjectNode().put("x", 0).put("y", 0).put("scale", 1);
        clip.set("width", size.get("width"));
        clip.set("height", size.get("height"));
        byte[] picture = Base64.getDecoder().decode(call("Page.captureScreenshot", "format", "png",
            "captureBeyondViewport", true, "clip", clip).get("data").asText());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            call("Browser.close");
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (RuntimeException | InterruptedException e) {
            // It is ended in any case.
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Home.at(profile).delete();
        } catch (UncheckedIOException e) {
            profile.toFile().deleteOnExit();
        }
    }

    /** The browser writes into its profile where it listens; it has one page. */
    private URI page() throws IOException {
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (Files.exists(port) && Files.readAllLines(port).size() > 1) {
                for (JsonNode target : JSON.readTree(URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0)
                    + "/json").toURL())) {
                    if ("page".equals(target.path("type").asText())) {
                        return URI.create(target.get("webSocketDebuggerUrl").asText());
                    }
                }
            }
            pause();
        }
        throw new IllegalStateException("The browser did not start: " + Files.readString(profile.resolve("log")));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitPage() {
        get(loaded);
    }

    private JsonNode call(String method, Object... parameters) {
        ObjectNode named = JSON.createObjectNode();
        for (int i = 0; i < parameters.length; i += 2) {
            named.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
        }
        int id = commands.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", named);
        socket.sendText(command.toString(), true).join();
        JsonNode received = get(answer);
        if (received.has("error")) {
            throw new IllegalStateException(method + ": " + received.get("error"));
        }
        return received.path("result");
    }

    private static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static String quote(String text) {
        return JSON.valueToTree(text).toString();
    }

    private void received(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = pending.remove(message.get("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
            return;
        }
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" -> complaints.add(message.get("params").toString());
            case "Log.entryAdded" -> {
                if ("error".equals(message.at("/params/entry/level").asText())) {
                    complaints.add(message.at("/params/entry/text").asText() + ' '
                        + message.at("/params/entry/url").asText());
                }
            }
            default -> { }
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.add(data.toString());
            if (last) {
                String whole = String.join("", parts);
                parts.clear();
                try {
                    received(JSON.readTree(whole));
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
            }
            from.request(1);
            return null;
        }
    }
}
