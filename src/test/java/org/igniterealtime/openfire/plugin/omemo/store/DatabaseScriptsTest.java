package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that Openfire runs when the plugin is new to its database: one for each type it knows, all of one content. */
class DatabaseScriptsTest {

    private static final Path FOLDER = Path.of("src/main/database");

    /** The types of Openfire 4.2 and 5.1, and what each has for texts of some hundred kilobytes and for short ones. */
    private static final Map<String, List<String>> TYPES = Map.of(
        "hsqldb", List.of("LONGVARCHAR", "VARCHAR"),
        "postgresql", List.of("TEXT", "VARCHAR"),
        "cockroachdb", List.of("TEXT", "VARCHAR"),
        "mysql", List.of("MEDIUMTEXT", "VARCHAR"),
        "mariadb", List.of("MEDIUMTEXT", "VARCHAR"),
        "oracle", List.of("CLOB", "VARCHAR2"),
        "sqlserver", List.of("NTEXT", "NVARCHAR"),
        "db2", List.of("CLOB(16M)", "VARCHAR"),
        "interbase", List.of("BLOB SUB_TYPE TEXT", "VARCHAR"),
        "firebird", List.of("BLOB SUB_TYPE TEXT CHARACTER SET UTF8", "VARCHAR"));

    static Stream<String> types() {
        return TYPES.keySet().stream();
    }

    @Test
    void everyTypeHasAScriptAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
                TYPES.keySet().stream().map(type -> "omemo_" + type + ".sql").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theScriptsDifferInTheNamesOfTypesAlone(String type) throws IOException {
        String text = TYPES.get(type).get(0);
        String shortText = TYPES.get(type).get(1);
        List<String> statements = statements(type).stream()
            .map(statement -> statement.replaceAll(" " + shortText + "\\((\\d+)\\) ", " short($1) ")
                .replace(" " + text + " ", " large "))
            .toList();
        assertThat(statements).containsExactly(
            "CREATE TABLE ofOmemoBot ( bot short(64) NOT NULL, claim short(32) NOT NULL, turn INTEGER NOT NULL,"
                + " keyCheck short(100) NOT NULL, CONSTRAINT ofOmemoBot_pk PRIMARY KEY (bot) );",
            "CREATE TABLE ofOmemoBotRecord ( bot short(64) NOT NULL, part short(20) NOT NULL,"
                + " recordKey short(64) NOT NULL, sealed large NOT NULL,"
                + " CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey) );",
            "INSERT INTO ofVersion (name, version) VALUES ('omemo', 0);");
    }

    /** As Openfire takes them apart: a statement ends where a line ends with a semicolon. */
    private static List<String> statements(String type) throws IOException {
        String script = Files.readString(FOLDER.resolve("omemo_" + type + ".sql"), StandardCharsets.US_ASCII);
        assertThat(script).endsWith(";\n");
        return Stream.of(script.split("(?<=;)\\n")).map(statement ->
            statement.lines().filter(line -> !line.isBlank()).map(String::strip).collect(Collectors.joining(" "))
                .replaceAll(" +", " ")).toList();
    }

    @Test
    void theScriptsAreOfTheVersionThatThePluginAsksFor() throws IOException {
        assertThat(Files.readString(Path.of("plugin.xml")))
            .contains("<databaseKey>omemo</databaseKey>", "<databaseVersion>0</databaseVersion>");
    }
}
