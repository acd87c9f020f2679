package org.igniterealtime.openfire.plugin.omemo.core.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;

/** A part of a file of test vectors, with the profile that the file is about. */
public record Vectors(Profile profile, String name, JsonNode json) {

    /** Both files. */
    public static Stream<Vectors> both() {
        return Stream.of(
            new Vectors(Profile.OMEMO_1, "0.4", read("vectors-omemo1.json")),
            new Vectors(Profile.OMEMO_2, "0.8+", read("vectors-omemo2.json")));
    }

    /** The file of the profile. */
    public static Vectors of(Profile profile) {
        return both().filter(file -> file.profile == profile).findFirst().orElseThrow();
    }

    /** The cases of the legacy file. */
    public static Stream<JsonNode> legacy() {
        return stream(read("vectors-legacy.json").get("cases"));
    }

    /** This part of both files. */
    public static Stream<Vectors> sections(String name) {
        return both().map(file -> file.at(name));
    }

    /** Each case of this list of both files. */
    public static Stream<Vectors> cases(String section, String list) {
        return both().flatMap(file -> file.at(section).each(list));
    }

    /** A part of this part. */
    public Vectors at(String field) {
        if (!json.has(field)) {
            throw new IllegalArgumentException("no " + field + " in " + name);
        }
        return new Vectors(profile, name + ' ' + field, json.get(field));
    }

    /** The elements of a list, if it is there. */
    public Stream<Vectors> each(String list) {
        List<Vectors> elements = new ArrayList<>();
        if (json.has(list)) {
            for (JsonNode element : json.get(list)) {
                elements.add(new Vectors(profile, name + ' ' + list + ' ' + label(element, elements.size()), element));
            }
        }
        return elements.stream();
    }

    public byte[] bytes(String field) {
        return HexFormat.of().parseHex(text(field));
    }

    public byte[] utf8(String field) {
        return text(field).getBytes(StandardCharsets.UTF_8);
    }

    public String text(String field) {
        return at(field).json.textValue();
    }

    public int number(String field) {
        return at(field).json.intValue();
    }

    public boolean flag(String field) {
        return at(field).json.booleanValue();
    }

    /** Whether the file says that this must be refused. */
    public boolean rejected(String field) {
        return text(field).startsWith("REJECTED");
    }

    @Override
    public String toString() {
        return name;
    }

    private static String label(JsonNode element, int index) {
        return element.has("name") ? element.get("name").asText() : Integer.toString(index);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static JsonNode read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
