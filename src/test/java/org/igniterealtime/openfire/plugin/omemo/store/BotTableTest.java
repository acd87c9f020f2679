package org.igniterealtime.openfire.plugin.omemo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.core.crypto.SealingKey;
import org.igniterealtime.openfire.plugin.omemo.core.store.Records;
import org.igniterealtime.openfire.plugin.omemo.store.BotStateException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotTableTest {

    private static final String ROWS = "SELECT sealed FROM ofOmemoBotRecord";

    private final SecureRandom random = new SecureRandom();
    private final SealingKey key = SealingKey.generate(random);
    private final BotDatabase database = new BotDatabase();
    private final BotTable table = new BotTable(database, key, random);

    BotTableTest() throws IOException, SQLException {
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void whatIsWrittenIsReadAfterTheNextClaim() throws IOException {
        Records before = table.claim("echo").part("0.4");
        write(before, "name", "value");
        write(before, "", "");
        write(before, "sessions/\u00e4\u20ac@" + "x".repeat(2000) + "/1", "of a long name");
        write(before, "name", "another value");
        Map<String, byte[]> records = new BotTable(database, key, random).claim("echo").part("0.4").read();
        assertThat(records).hasSize(3);
        assertThat(records.get("name")).isEqualTo(bytes("another value"));
        assertThat(records.get("")).isEmpty();
        assertThat(records.get("sessions/\u00e4\u20ac@" + "x".repeat(2000) + "/1")).isEqualTo(bytes("of a long name"));
    }

    @Test
    void aRecordOf300KilobytesAndAThousandSmallOnesAreWrittenAtOnce() throws IOException {
        byte[] large = new byte[300_000];
        random.nextBytes(large);
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        for (int i = 0; i < 1001; i++) {
            changes.put("small" + i, Optional.of(bytes("value " + i)));
        }
        changes.put("large", Optional.of(large));
        changes.put("missing", Optional.empty());
        Records records = table.claim("echo").part("0.4");
        records.write(changes);
        records.write(changes);
        Map<String, byte[]> read = records.read();
        assertThat(read).hasSize(1002);
        assertThat(read.get("large")).isEqualTo(large);
        assertThat(read.get("small1000")).isEqualTo(bytes("value 1000"));
    }

    @Test
    void whatIsRemovedIsGone() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "one", "1");
        records.write(Map.of("one", Optional.empty(), "two", Optional.of(bytes("2"))));
        assertThat(records.read()).containsOnlyKeys("two");
        assertThat(database.select(ROWS)).hasSize(1);
    }

    @Test
    void partsAndBotsAreApart() throws IOException {
        BotRecords echo = table.claim("echo");
        write(echo.part("0.4"), "name", "1");
        write(echo.part("0.8+"), "name", "2");
        write(table.claim("canary").part("0.4"), "name", "3");
        assertThat(echo.part("0.4").read().get("name")).isEqualTo(bytes("1"));
        assertThat(echo.part("0.8+").read().get("name")).isEqualTo(bytes("2"));
        assertThat(echo.part("rooms").read()).isEmpty();
        assertThat(table.claim("canary").part("0.4").read().get("name")).isEqualTo(bytes("3"));
    }

    @Test
    void onlyTheLastClaimWritesAndNothingHalfWrittenRemains() throws IOException, SQLException {
        Records older = table.claim("echo").part("0.4");
        write(older, "name", "older");
        BotRecords newer = table.claim("echo");
        String rows = database.select(ROWS).toString();
        assertThatThrownBy(() -> older.write(Map.of("name", Optional.empty(), "more", Optional.of(bytes("lost")))))
            .isInstanceOf(BotClaimLostException.class).hasMessageContaining("echo");
        assertThat(database.select(ROWS)).hasToString(rows);
        write(newer.part("0.4"), "name", "newer");
        assertThatThrownBy(() -> write(older, "name", "again")).isInstanceOf(BotClaimLostException.class);
        assertThat(newer.part("0.4").read().get("name")).isEqualTo(bytes("newer"));
    }

    /** Each writes its name twice in a transaction, until another has claimed the bot. */
    @Test
    @Timeout(60)
    void claimsThatFollowEachOtherUnderWayNeverMix() throws Exception {
        int claims = 8;
        ExecutorService threads = Executors.newFixedThreadPool(claims);
        try {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < claims; i++) {
                String name = "claim " + i;
                writers.add(threads.submit(() -> writeUntilLost(name)));
            }
            int written = 0;
            while (writers.stream().filter(Future::isDone).count() < claims - 1) {
                Thread.sleep(1);
            }
            Map<String, byte[]> last = table.claim("echo").part("0.4").read();
            for (Future<Integer> writer : writers) {
                written += writer.get(10, TimeUnit.SECONDS);
            }
            assertThat(written).isPositive();
            assertThat(last.get("one")).isNotNull().isEqualTo(last.get("two"));
            assertThat(table.claim("echo").part("0.4").read().get("one")).isEqualTo(last.get("one"));
        } finally {
            threads.shutdownNow();
        }
    }

    private int writeUntilLost(String name) throws IOException {
        Records records = table.claim("echo").part("0.4");
        Map<String, Optional<byte[]>> both =
            Map.of("one", Optional.of(bytes(name)), "two", Optional.of(bytes(name)));
        for (int written = 0;; written++) {
            try {
                records.write(both);
            } catch (BotClaimLostException e) {
                return written;
            }
            Map<String, byte[]> read = records.read();
            assertThat(read.get("one")).isEqualTo(read.get("two"));
        }
    }

    @Test
    void aWriteThatFailsInTheMiddleLeavesEverythingAsItWas() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "name", "before");
        database.execute("ALTER TABLE ofOmemoBotRecord ALTER COLUMN sealed SET DATA TYPE VARCHAR(1000)");
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        changes.put("name", Optional.of(bytes("after")));
        changes.put("too long", Optional.of(new byte[1000]));
        assertThatThrownBy(() -> records.write(changes)).isInstanceOf(UncheckedIOException.class)
            .hasRootCauseInstanceOf(Exception.class);
        assertThat(records.read()).containsOnlyKeys("name");
        assertThat(records.read().get("name")).isEqualTo(bytes("before"));
        write(records, "name", "after");
        assertThat(records.read().get("name")).isEqualTo(bytes("after"));
    }

    /** Neither with nor without what was written can the memory be right. */
    @Test
    void aClaimIsGivenUpWhenTheDatabaseDoesNotSayWhetherItHasWritten() throws IOException {
        UndecidedSource source = new UndecidedSource(database);
        Records records = new BotTable(source, key, random).claim("echo").part("0.4");
        write(records, "name", "before");
        source.beUndecided(true);
        assertThatThrownBy(() -> write(records, "name", "after")).isInstanceOf(BotClaimLostException.class)
            .hasRootCauseMessage("the line is dead");
        source.beUndecided(false);
        assertThatThrownBy(() -> write(records, "name", "again")).isInstanceOf(BotClaimLostException.class);
        assertThat(records.read().get("name")).isEqualTo(bytes("after"));
    }

    @Test
    void aDeletedBotIsForgottenAndItsOldClaimIsWorthNothing() throws IOException, SQLException {
        Records old = table.claim("echo").part("0.4");
        write(old, "name", "value");
        write(table.claim("canary").part("0.4"), "name", "value");
        table.delete("echo");
        assertThat(table.bots()).containsExactly("canary");
        assertThat(database.select(ROWS)).hasSize(1);
        assertThatThrownBy(() -> write(old, "name", "value")).isInstanceOf(BotClaimLostException.class);
        Records anew = table.claim("echo").part("0.4");
        assertThat(anew.read()).isEmpty();
        assertThatThrownBy(() -> write(old, "name", "value")).isInstanceOf(BotClaimLostException.class);
        assertThat(table.bots()).containsExactly("canary", "echo");
        assertThat(anew.read()).isEmpty();
    }

    @Test
    void everyAlteredOrShortenedRowIsTorn() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "name", "value");
        byte[] sealed = Base64.getDecoder().decode(database.select(ROWS).get(0));
        for (int i = 1; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertRefused(Reason.TORN, altered, records::read);
        }
        for (int length = 1; length < sealed.length; length++) {
            assertRefused(Reason.TORN, Arrays.copyOf(sealed, length), records::read);
        }
        sealed[0] = 0;
        assertRefused(Reason.TORN, sealed, records::read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ", "garbage!", "AQ==", "\u00e4"})
    void whatIsNoSealedRecordIsTorn(String text) throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "name", "value");
        database.execute("UPDATE ofOmemoBotRecord SET sealed=?", text);
        assertRefused(Reason.TORN, records::read);
    }

    @Test
    void aRowOfANewerVersionIsRefusedAsSuch() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "name", "value");
        byte[] sealed = Base64.getDecoder().decode(database.select(ROWS).get(0));
        for (int version : new int[] {RecordSeal.VERSION + 1, 0x80, 0xFF}) {
            sealed[0] = (byte) version;
            assertRefused(Reason.NEWER_VERSION, sealed, records::read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recordKey", "part", "bot"})
    void aRowOpensInItsPlaceAlone(String column) throws IOException, SQLException {
        BotRecords echo = table.claim("echo");
        write(echo.part("0.4"), "name", "value");
        assertThat(echo.part("0.4").read()).hasSize(1);
        table.claim("canary");
        String elsewhere = switch (column) {
            case "recordKey" -> "0".repeat(64);
            case "part" -> "0.8+";
            default -> "canary";
        };
        assertThat(database.execute("UPDATE ofOmemoBotRecord SET " + column + "=?", elsewhere)).isEqualTo(1);
        BotRecords there = column.equals("bot") ? table.claim("canary") : echo;
        assertRefused(Reason.TORN, there.part(column.equals("part") ? "0.8+" : "0.4")::read);
    }

    @Test
    void swappedRowsAreRefused() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        records.write(Map.of("one", Optional.of(bytes("1")), "two", Optional.of(bytes("2"))));
        var keys = database.select("SELECT recordKey FROM ofOmemoBotRecord");
        String swap = "UPDATE ofOmemoBotRecord SET recordKey=? WHERE recordKey=?";
        database.execute(swap, "between", keys.get(0));
        database.execute(swap, keys.get(0), keys.get(1));
        database.execute(swap, keys.get(1), "between");
        assertRefused(Reason.TORN, records::read);
    }

    @Test
    void anotherKeyClaimsNothingAndTakesNothingAway() throws IOException {
        Records records = table.claim("echo").part("0.4");
        BotTable other = new BotTable(database, SealingKey.generate(random), random);
        assertRefused(Reason.WRONG_KEY, () -> other.claim("echo"));
        write(records, "name", "still mine");
        other.delete("echo");
        other.claim("echo");
        assertRefused(Reason.WRONG_KEY, () -> table.claim("echo"));
    }

    @Test
    void aBotOfANewerVersionIsRefusedAsSuch() throws IOException, SQLException {
        table.claim("echo");
        byte[] check = Base64.getDecoder().decode(database.select("SELECT keyCheck FROM ofOmemoBot").get(0));
        check[0]++;
        database.execute("UPDATE ofOmemoBot SET keyCheck=?", Base64.getEncoder().encodeToString(check));
        assertRefused(Reason.NEWER_VERSION, () -> table.claim("echo"));
    }

    @Test
    void theDatabaseShowsNeitherNamesNorValues() throws IOException, SQLException {
        write(table.claim("echo").part("0.4"), "trust/alice@example.org", "a private key");
        String stored = database.select(ROWS).get(0);
        String shown = new String(Base64.getDecoder().decode(stored), StandardCharsets.ISO_8859_1);
        assertThat(shown).doesNotContain("alice").doesNotContain("private");
        String recordKey = database.select("SELECT recordKey FROM ofOmemoBotRecord").get(0);
        assertThat(recordKey).matches("[0-9a-f]{64}");
        write(table.claim("canary").part("0.4"), "trust/alice@example.org", "a private key");
        assertThat(database.select("SELECT recordKey FROM ofOmemoBotRecord")).doesNotHaveDuplicates();
    }

    @Test
    void oneValueIsSealedDifferentlyEachTime() throws IOException, SQLException {
        Records records = table.claim("echo").part("0.4");
        write(records, "name", "value");
        String first = database.select(ROWS).get(0);
        write(records, "name", "value");
        assertThat(database.select(ROWS)).hasSize(1).doesNotContain(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Echo", "a b", "a\nb", ".a", "\u00e4"})
    void namesThatDatabasesMayConfuseAreRefused(String name) throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> table.claim(name));
        BotRecords echo = table.claim("echo");
        assertThatIllegalArgumentException().isThrownBy(() -> echo.part(name));
    }

    @Test
    void theLongestNamesFit() throws IOException {
        String bot = "b".repeat(64);
        String part = "p".repeat(20);
        write(table.claim(bot).part(part), "name", "value");
        assertThat(table.claim(bot).part(part).read()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> table.claim(bot + "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> table.claim(bot).part(part + "p"));
    }

    @Test
    void withoutTablesItSaysSo() throws SQLException {
        database.execute("DROP TABLE ofOmemoBot");
        assertThatThrownBy(() -> table.claim("echo")).isInstanceOf(IOException.class).hasMessageContaining("echo")
            .hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(table::bots).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> table.delete("echo")).isInstanceOf(IOException.class);
    }

    private void assertRefused(Reason reason, byte[] sealed, Callable<?> call) throws SQLException {
        database.execute("UPDATE ofOmemoBotRecord SET sealed=?", Base64.getEncoder().encodeToString(sealed));
        assertRefused(reason, call);
    }

    private static void assertRefused(Reason reason, Callable<?> call) {
        BotStateException refusal = catchThrowableOfType(BotStateException.class, call::call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static void write(Records records, String name, String value) {
        records.write(Map.of(name, Optional.of(bytes(value))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
