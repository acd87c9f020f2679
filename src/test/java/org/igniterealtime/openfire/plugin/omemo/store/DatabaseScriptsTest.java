package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scripts that Openfire runs when the plugin is new to its database, or newer than what it finds there: one for each
 * type it knows, all of one content.
 */
class DatabaseScriptsTest {

    private static final Path FOLDER = Path.of("src/main/database");

    /** What a type of database calls texts of some hundred kilobytes, short ones, and numbers of 64 bits. */
    private record Names(String large, String shortText, String number) {
    }

    /** The types of Openfire 4.2 and 5.1. */
    private static final Map<String, Names> TYPES = Map.of(
        "hsqldb", new Names("LONGVARCHAR", "VARCHAR", "BIGINT"),
        "postgresql", new Names("TEXT", "VARCHAR", "BIGINT"),
        "cockroachdb", new Names("TEXT", "VARCHAR", "BIGINT"),
        "mysql", new Names("MEDIUMTEXT", "VARCHAR", "BIGINT"),
        "mariadb", new Names("MEDIUMTEXT", "VARCHAR", "BIGINT"),
        "oracle", new Names("CLOB", "VARCHAR2", "NUMBER(19)"),
        "sqlserver", new Names("NTEXT", "NVARCHAR", "BIGINT"),
        "db2", new Names("CLOB(16M)", "VARCHAR", "BIGINT"),
        "interbase", new Names("BLOB SUB_TYPE TEXT", "VARCHAR", "NUMERIC(18,0)"),
        "firebird", new Names("BLOB SUB_TYPE TEXT CHARACTER SET UTF8", "VARCHAR", "BIGINT"));

    private static final List<String> BOTS = List.of(
        "CREATE TABLE ofOmemoBot ( bot short(64) NOT NULL, claim short(32) NOT NULL, turn INTEGER NOT NULL,"
            + " keyCheck short(100) NOT NULL, CONSTRAINT ofOmemoBot_pk PRIMARY KEY (bot) );",
        "CREATE TABLE ofOmemoBotRecord ( bot short(64) NOT NULL, part short(20) NOT NULL,"
            + " recordKey short(64) NOT NULL, sealed large NOT NULL,"
            + " CONSTRAINT ofOmemoBotRecord_pk PRIMARY KEY (bot, part, recordKey) );");

    private static final List<String> STATISTICS = List.of(
        "CREATE TABLE ofOmemoHour ( hourOf INTEGER NOT NULL, countName short(40) NOT NULL, amount number NOT NULL,"
            + " CONSTRAINT ofOmemoHour_pk PRIMARY KEY (hourOf, countName) );",
        "CREATE TABLE ofOmemoDay ( dayOf INTEGER NOT NULL, countName short(40) NOT NULL, amount number NOT NULL,"
            + " CONSTRAINT ofOmemoDay_pk PRIMARY KEY (dayOf, countName) );",
        "CREATE TABLE ofOmemoViolation ( hourOf INTEGER NOT NULL, violationKey short(32) NOT NULL,"
            + " roomKey short(32) NOT NULL, senderKey short(32), finding INTEGER NOT NULL, outcome short(10) NOT NULL,"
            + " room short(255) NOT NULL, sender short(255), amount number NOT NULL, firstSeen number NOT NULL,"
            + " lastSeen number NOT NULL, CONSTRAINT ofOmemoViolation_pk PRIMARY KEY (hourOf, violationKey) );",
        "CREATE INDEX ofOmemoViolation_seen_idx ON ofOmemoViolation (lastSeen, violationKey);",
        "CREATE INDEX ofOmemoViolation_room_idx ON ofOmemoViolation (roomKey, lastSeen);",
        "CREATE INDEX ofOmemoViolation_sender_idx ON ofOmemoViolation (senderKey, lastSeen);",
        "CREATE INDEX ofOmemoViolation_finding_idx ON ofOmemoViolation (finding, lastSeen);",
        "CREATE INDEX ofOmemoViolation_outcome_idx ON ofOmemoViolation (outcome, lastSeen);",
        "CREATE TABLE ofOmemoRoom ( roomKey short(32) NOT NULL, lastViolation number NOT NULL,"
            + " CONSTRAINT ofOmemoRoom_pk PRIMARY KEY (roomKey) );",
        "CREATE INDEX ofOmemoRoom_violation_idx ON ofOmemoRoom (lastViolation);",
        "CREATE TABLE ofOmemoDevice ( accountKey short(32) NOT NULL, familyLabel short(10) NOT NULL,"
            + " deviceId INTEGER NOT NULL, account short(255) NOT NULL, deviceLabel short(255), fingerprint short(64),"
            + " listed INTEGER NOT NULL, firstSeen number NOT NULL, lastSeen number, lastPublished number,"
            + " unanswered INTEGER NOT NULL, CONSTRAINT ofOmemoDevice_pk PRIMARY KEY (accountKey, familyLabel, deviceId) );",
        "CREATE INDEX ofOmemoDevice_id_idx ON ofOmemoDevice (deviceId);",
        "CREATE TABLE ofOmemoIdentity ( accountKey short(32) NOT NULL, familyLabel short(10) NOT NULL,"
            + " deviceId INTEGER NOT NULL, fingerprint short(64) NOT NULL, account short(255) NOT NULL,"
            + " firstSeen number NOT NULL, lastSeen number NOT NULL, changedAt number, changedFrom short(64),"
            + " alarmAt number, acknowledgedAt number, acknowledgedBy short(255),"
            + " CONSTRAINT ofOmemoIdentity_pk PRIMARY KEY (accountKey, familyLabel, deviceId, fingerprint) );",
        "CREATE INDEX ofOmemoIdentity_alarm_idx ON ofOmemoIdentity (alarmAt);",
        "CREATE TABLE ofOmemoSelfTest ( began number NOT NULL, lasted number NOT NULL, passed INTEGER NOT NULL,"
            + " failed INTEGER NOT NULL, notTested INTEGER NOT NULL, report large NOT NULL,"
            + " CONSTRAINT ofOmemoSelfTest_pk PRIMARY KEY (began) );");

    static Stream<String> types() {
        return TYPES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyTypeHasAScriptAndNoOther(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(TYPES.keySet().stream().map(type -> "omemo_" + type + ".sql").toList());
        }
    }

    static Stream<Path> folders() {
        return Stream.of(FOLDER, FOLDER.resolve("upgrade/1"));
    }

    /** The scripts differ in the names of types alone, and who upgrades comes to the tables of who begins. */
    @ParameterizedTest
    @MethodSource("types")
    void aFreshInstallAndAnUpgradeLeadToTheSameTables(String type) throws IOException {
        assertThat(statements(type, FOLDER)).containsExactlyElementsOf(Stream.of(BOTS, STATISTICS,
            List.of("INSERT INTO ofVersion (name, version) VALUES ('omemo', 1);")).flatMap(List::stream).toList());
        assertThat(statements(type, FOLDER.resolve("upgrade/1"))).containsExactlyElementsOf(Stream.of(STATISTICS,
            List.of("UPDATE ofVersion SET version = 1 WHERE name = 'omemo';")).flatMap(List::stream).toList());
    }

    /** Oracle's names have 30 characters at most, Firebird's 31. */
    @Test
    void namesAreShortEnoughForEveryDatabase() throws IOException {
        assertThat(Pattern.compile("\\w+").matcher(Files.readString(FOLDER.resolve("omemo_oracle.sql"))).results()
            .map(MatchResult::group)).allMatch(word -> word.length() <= 30);
    }

    /** As Openfire takes them apart: a statement ends where a line ends with a semicolon. */
    private static List<String> statements(String type, Path folder) throws IOException {
        Names names = TYPES.get(type);
        String script = Files.readString(folder.resolve("omemo_" + type + ".sql"), StandardCharsets.US_ASCII);
        assertThat(script).endsWith(";\n");
        return Stream.of(script.split("(?<=;)\\n")).map(statement ->
            statement.lines().filter(line -> !line.isBlank()).map(String::strip).collect(Collectors.joining(" "))
                .replaceAll(" +", " ")
                .replaceAll(" " + names.shortText() + "\\((\\d+)\\)(?=[ ,])", " short($1)")
                .replace(" " + names.large() + " ", " large ")
                .replaceAll(" " + Pattern.quote(names.number()) + "(?=[ ,])", " number")).toList();
    }

    @Test
    void theScriptsAreOfTheVersionThatThePluginAsksFor() throws IOException {
        assertThat(Files.readString(Path.of("plugin.xml")))
            .contains("<databaseKey>omemo</databaseKey>", "<databaseVersion>1</databaseVersion>");
    }
}
