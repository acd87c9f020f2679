package org.igniterealtime.openfire.plugin.omemo.core.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.core.profile.Profile;
import org.igniterealtime.openfire.plugin.omemo.core.store.ConversationMode;
import org.igniterealtime.openfire.plugin.omemo.core.store.Devices;
import org.igniterealtime.openfire.plugin.omemo.core.store.InMemoryStore;
import org.igniterealtime.openfire.plugin.omemo.core.store.file.StoreFileException.Reason;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileStoreTest {

    private static final BareJid CAROL = BareJid.of("carol@example.org").orElseThrow();

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("store");
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceGoesOnAfterEveryMessage(Profile profile) throws IOException {
        FileStore store = FileStore.open(file);
        Devices devices = new Devices(profile, new InMemoryStore(), store);
        Encrypted late = devices.aliceWrites("late");
        for (int i = 0; i < 10; i++) {
            store.close();
            store = FileStore.open(file);
            devices.bobRestarts(store);
            devices.bobReads("to bob " + i, devices.aliceWrites("to bob " + i));
            devices.bobAnswers("to alice " + i);
        }
        devices.bobReads("late", late);
        store.close();
    }

    @Test
    void aMissingFileIsAnEmptyStore() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            assertThat(store.ownDevice()).isEmpty();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aChangeThatFailsIsUndoneAndNotWritten() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
            byte[] before = Files.readAllBytes(file);
            assertThatThrownBy(() -> store.atomically(() -> {
                store.storeMode(CAROL, ConversationMode.ENCRYPTED);
                throw new IllegalStateException("in the middle");
            })).hasMessage("in the middle");
            assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void aChangeThatCannotBeWrittenIsUndone() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
            byte[] before = Files.readAllBytes(file);
            Path obstacle = Files.createDirectories(folder.resolve("store.new").resolve("obstacle"));
            assertThatThrownBy(() -> store(store, ConversationMode.ENCRYPTED))
                .isInstanceOf(UncheckedIOException.class);
            assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
            assertThat(file).hasBinaryContent(before);
            Files.delete(obstacle);
            Files.delete(obstacle.getParent());
            store(store, ConversationMode.ENCRYPTED);
            assertThat(file).isRegularFile();
        }
    }

    @Test
    void theFileBelongsToItsOwnerAlone() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
            for (String name : new String[] {"store", "store.lock"}) {
                assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
            assertThat(folder.resolve("store.new")).doesNotExist();
        }
    }

    @Test
    void aLinkIsFollowedNotReplaced() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
        }
        try (FileStore store = FileStore.open(link)) {
            assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
            store(store, ConversationMode.AWAITING_CONFIRMATION);
        }
        assertThat(link).isSymbolicLink();
        assertThat(file).isRegularFile();
    }

    /** What it leads to may come back, on a disk that is not there yet. */
    @Test
    void aLinkToNowhereIsNoEmptyStore() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> FileStore.open(link)).isInstanceOf(NoSuchFileException.class);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void whatACrashLeftBesideIsDeleted() throws IOException {
        written();
        Files.writeString(folder.resolve("store.new"), "half of it");
        try (FileStore store = FileStore.open(file)) {
            assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
            assertThat(folder.resolve("store.new")).doesNotExist();
        }
    }

    /** Nor is a link in its place. */
    @Test
    void whatLiesBesideIsNotWrittenTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "of somebody else");
        try (FileStore store = FileStore.open(file)) {
            Files.createSymbolicLink(folder.resolve("store.new"), other);
            store(store, ConversationMode.PLAINTEXT);
        }
        assertThat(other).hasContent("of somebody else");
        assertThat(file).isRegularFile();
    }

    /** As on a full disk, a part of the file is written and the rest is not. */
    @Test
    void aChangeThatIsWrittenInPartIsUndone() throws IOException {
        String kept = OtherProcess.fills(file);
        try (FileStore store = FileStore.open(file)) {
            assertThat(Integer.toString(store.devices(OtherProcess.ACCOUNT).size())).isEqualTo(kept).isNotEqualTo("0");
        }
        assertThat(folder).isDirectoryNotContaining(path -> path.endsWith("store.new"));
    }

    @Test
    void oneStoreAtATimeHasTheFile() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
            assertRefused(Reason.IN_USE);
            assertThat(store.mode(CAROL)).isEqualTo(ConversationMode.PLAINTEXT);
        }
        FileStore.open(file).close();
    }

    @Test
    void oneProcessAtATimeHasTheFile() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            assertRefused(Reason.IN_USE);
            assertThat(OtherProcess.opens(file)).isEqualTo("IN_USE");
        }
        assertThat(OtherProcess.opens(file)).isEqualTo("opened");
    }

    @Test
    void toCloseAStoreTwiceGivesNoOthersLockAway() throws IOException {
        FileStore first = FileStore.open(file);
        first.close();
        try (FileStore second = FileStore.open(file)) {
            first.close();
            assertRefused(Reason.IN_USE);
            assertThat(second.ownDevice()).isEmpty();
        }
    }

    @Test
    void aClosedStoreTakesNothing() throws IOException {
        FileStore store = FileStore.open(file);
        store.close();
        assertThatThrownBy(() -> store(store, ConversationMode.PLAINTEXT)).isInstanceOf(IllegalStateException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aNewerVersionIsRefusedAndLeftAlone() throws IOException {
        byte[] bytes = written();
        bytes[7] = 2;
        assertRefused(Reason.NEWER_VERSION, bytes);
        bytes[6] = (byte) 0xFF;
        assertRefused(Reason.NEWER_VERSION, bytes);
    }

    @Test
    void whatIsCutOffOrAlteredIsRefusedAndLeftAlone() throws IOException {
        byte[] bytes = written();
        for (int i = 0; i < bytes.length; i++) {
            assertRefused(Reason.CORRUPT, Arrays.copyOf(bytes, i));
            if (i < 6 || i > 7) {
                byte[] altered = bytes.clone();
                altered[i] ^= 1;
                assertRefused(Reason.CORRUPT, altered);
            }
        }
        assertRefused(Reason.CORRUPT, Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** What was acknowledged is there after the process was killed in the middle of writing. */
    @Test
    void aProcessMayBeKilledAtAnyTime() throws IOException, InterruptedException {
        int acknowledged = 0;
        for (int round = 0; round < 5; round++) {
            Process writer = OtherProcess.counts(file);
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                int enough = acknowledged + 20 + 7 * round;
                while (acknowledged < enough) {
                    acknowledged = Integer.parseInt(lines.readLine());
                }
            } finally {
                writer.destroyForcibly();
                assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            try (FileStore store = FileStore.open(file)) {
                assertThat(OtherProcess.count(store)).isGreaterThanOrEqualTo(acknowledged);
                acknowledged = OtherProcess.count(store);
            }
        }
    }

    private byte[] written() throws IOException {
        try (FileStore store = FileStore.open(file)) {
            store(store, ConversationMode.PLAINTEXT);
        }
        return Files.readAllBytes(file);
    }

    private void assertRefused(Reason reason, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        assertRefused(reason);
        assertThat(file).hasBinaryContent(bytes);
    }

    private void assertRefused(Reason reason) {
        StoreFileException refusal = catchThrowableOfType(StoreFileException.class, () -> FileStore.open(file));
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static void store(FileStore store, ConversationMode mode) {
        store.atomically(() -> {
            store.storeMode(CAROL, mode);
            return mode;
        });
    }
}
