package org.igniterealtime.openfire.plugin.omemo.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.objectweb.asm.Opcodes;

/**
 * The public and protected API of one Openfire release, Tinder included, as recorded in
 * {@code openfire-api/openfire-<release>.txt.gz}. The README beside the recordings tells the format.
 */
final class ApiRecording {

    /** The releases whose API is recorded, oldest first. */
    static final List<String> RELEASES = List.of("4.2.0", "4.7.5", "4.8.3", "4.9.2", "5.0.5", "5.1.1");

    private final String release;
    private final Map<String, ApiType> types = new HashMap<>();

    private ApiRecording(String release) {
        this.release = release;
    }

    static ApiRecording of(String release) {
        String resource = "/openfire-api/openfire-" + release + ".txt.gz";
        try (InputStream file = Objects.requireNonNull(ApiRecording.class.getResourceAsStream(resource), resource);
             BufferedReader lines = new BufferedReader(
                 new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return parse(release, lines.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    static ApiRecording parse(String release, Stream<String> lines) {
        ApiRecording recording = new ApiRecording(release);
        Map<String, List<ApiMember>> members = new HashMap<>();
        lines.map(line -> Arrays.asList(line.split(" "))).forEach(words -> {
            String type = words.get(0);
            List<ApiMember> ofType = members.computeIfAbsent(type, name -> new ArrayList<>());
            if (words.size() > 2 && words.get(2).equals("extends")) {
                recording.types.put(type, type(words, ofType));
            } else {
                ofType.add(member(words));
            }
        });
        return recording;
    }

    /** Whether a type is among those that are recorded, if it exists. */
    static boolean covers(String internalName) {
        return internalName.startsWith("org/jivesoftware/") || internalName.startsWith("org/xmpp/");
    }

    String release() {
        return release;
    }

    @Override
    public String toString() {
        return "Openfire " + release;
    }

    Optional<ApiType> type(String internalName) {
        return Optional.ofNullable(types.get(internalName));
    }

    private static ApiType type(List<String> words, List<ApiMember> members) {
        int implemented = words.indexOf("implements");
        List<String> interfaces = implemented < 0 ? List.of() : List.of(words.get(implemented + 1).split(","));
        int kind = words.get(1).equals("interface") ? Opcodes.ACC_INTERFACE : 0;
        return new ApiType(words.get(0), kind | access(words), Optional.of(words.get(3)), interfaces, members);
    }

    private static ApiMember member(List<String> words) {
        String symbol = words.get(1);
        if (symbol.startsWith(".")) {
            return new ApiMember(symbol.substring(1), words.get(2), access(words));
        }
        int end = symbol.indexOf('(');
        return new ApiMember(symbol.substring(0, end), symbol.substring(end), access(words));
    }

    private static int access(List<String> words) {
        int access = words.contains("protected") ? Opcodes.ACC_PROTECTED : Opcodes.ACC_PUBLIC;
        access |= words.contains("static") ? Opcodes.ACC_STATIC : 0;
        access |= words.contains("abstract") ? Opcodes.ACC_ABSTRACT : 0;
        access |= words.contains("final") ? Opcodes.ACC_FINAL : 0;
        return access;
    }
}
