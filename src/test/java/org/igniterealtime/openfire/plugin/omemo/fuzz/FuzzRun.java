package org.igniterealtime.openfire.plugin.omemo.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzzes one target for a while, guided by what of our code each input reaches, and keeps the smallest set of inputs that
 * reaches as much in {@code src/test/resources/fuzz}. A finding ends it with an error; its input is kept there too.
 */
public final class FuzzRun {

    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final int LONGEST_INPUT = 16_384;

    private final FuzzTarget target;
    private final Path saved;
    private final Path folder;

    private FuzzRun(FuzzTarget target) throws IOException {
        this.target = target;
        this.saved = Files.createDirectories(Path.of("src/test/resources/fuzz", target.name()));
        this.folder = Files.createDirectories(Path.of("target/fuzz", target.name()));
    }

    /** @param arguments the name of a target, and for how many minutes */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(FuzzTargets.named(arguments[0]));
        int status = run.fuzz(60 * Integer.parseInt(arguments[1]));
        System.exit(status != 0 ? status : run.keep());
    }

    private int fuzz(int seconds) throws IOException, InterruptedException {
        int number = 0;
        for (byte[] seed : target.seeds().toList()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
        List<String> options = new ArrayList<>(List.of(
            "-max_total_time=" + seconds, "-max_len=" + LONGEST_INPUT, "-artifact_prefix=" + saved + "/"));
        if (!target.words().isEmpty()) {
            Path words = folder.resolveSibling(target.name() + ".words");
            Files.write(words, target.words().stream().map(FuzzRun::quoted).toList());
            options.add("-dict=" + words);
        }
        options.addAll(List.of(folder.toString(), saved.toString()));
        return jazzer(options);
    }

    private int keep() throws IOException, InterruptedException {
        return jazzer(List.of("-merge=1", "-max_len=" + LONGEST_INPUT, saved.toString(), folder.toString()));
    }

    private int jazzer(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
            "-D" + Fuzzed.TARGET + '=' + target.name(), "-cp", System.getProperty("java.class.path"), JAZZER,
            "--target_class=" + Fuzzed.class.getName(), "--reproducer_path=" + folder.getParent(),
            "--instrumentation_includes=org.igniterealtime.**:com.google.protobuf.**:org.dom4j.**",
            // Of its checks this one breaks dom4j's reader.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.XmlParserSsrfGuidance"));
        command.addAll(options);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** As a dictionary of libFuzzer has it: other bytes than those of ASCII in hexadecimal. */
    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            quoted.append(b >= ' ' && b <= '~' && b != '"' && b != '\\' ? String.valueOf((char) b) : "\\x%02X".formatted(b));
        }
        return quoted.append('"').toString();
    }
}
