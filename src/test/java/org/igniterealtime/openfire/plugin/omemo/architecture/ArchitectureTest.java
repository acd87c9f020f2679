package org.igniterealtime.openfire.plugin.omemo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.OmemoPlugin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plugin keeps the rules of its layout, and each rule bites. */
class ArchitectureTest {

    private static final String ROOT = OmemoPlugin.class.getPackageName();
    private static final String PLANTED_ROOT = ROOT + ".architecture.planted";

    private static final JavaClasses PLUGIN = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(ROOT);
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(PLANTED_ROOT);

    static Stream<ArchRule> rules() {
        return Stream.concat(new Architecture(ROOT).rules().stream(), new CorePurity(ROOT).rules().stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void thePluginKeepsItsRules(ArchRule rule) {
        rule.check(PLUGIN);
    }

    @Test
    void thePluginsOwnClassesAreLookedAt() {
        assertThat(PLUGIN.contain(OmemoPlugin.class)).isTrue();
        assertThat(PLUGIN.contain(ArchitectureTest.class)).isFalse();
    }

    @Nested
    class AmongPlantedClasses {

        private final Architecture architecture = new Architecture(PLANTED_ROOT);
        private final CorePurity purity = new CorePurity(PLANTED_ROOT);

        @Test
        void aUseOfAPackageBelowIsReported() {
            assertThat(violations(architecture.packagesUseOnlyWhatTheyMay()))
                .anyMatch(line -> line.contains("protocol.UsesThePackageBelow"));
        }

        @Test
        void aUseOfAPackageAboveThatIsNotGrantedIsReported() {
            assertThat(violations(architecture.packagesUseOnlyWhatTheyMay()))
                .anyMatch(line -> line.contains("store.UsesTheProtocol"));
        }

        @Test
        void aUseOfAPackageThatIsGrantedIsNot() {
            assertThat(violations(architecture.packagesUseOnlyWhatTheyMay()))
                .noneMatch(line -> line.contains("keys.UsesTheCore"));
        }

        @Test
        void aUseOfThePluginClassIsReported() {
            assertThat(violations(architecture.packagesUseOnlyWhatTheyMay()))
                .anyMatch(line -> line.contains("server.UsesThePlugin"));
        }

        @Test
        void aClassWithoutAPlaceIsReported() {
            assertThat(violations(architecture.packagesUseOnlyWhatTheyMay()))
                .anyMatch(line -> line.contains("loose.HasNoPlace"));
        }

        @Test
        void aCycleIsReported() {
            assertThat(violations(architecture.packagesAreFreeOfCycles()))
                .anyMatch(line -> line.contains("policy.UsesStats") && line.contains("stats.UsesPolicy"));
        }

        @Test
        void openfireAndTinderAreReportedWhereTheyAreNotKnown() {
            assertThat(violations(architecture.openfireIsKnownInFewPlaces()))
                .anyMatch(line -> line.contains("policy.KnowsOpenfire"))
                .anyMatch(line -> line.contains("policy.KnowsTinder"))
                .anyMatch(line -> line.contains("store.KnowsOpenfire"))
                .noneMatch(line -> line.contains("store.OpenfireConnectionSource"))
                .noneMatch(line -> line.contains("server.UsesThePlugin"));
        }

        @Test
        void cryptographyOutsideTheCoreIsReported() {
            assertThat(violations(architecture.cryptographyStaysInCore()))
                .anyMatch(line -> line.contains("keys.UsesBouncyCastle"));
        }

        @Test
        void aLookupOutsideItsPlaceIsReported() {
            assertThat(violations(architecture.lookupsByNameStandInOnePlace()))
                .anyMatch(line -> line.contains("server.LooksUpByName"))
                .noneMatch(line -> line.contains("server.OpenfireSymbol"));
        }

        @Test
        void aCoreThatReadsTheClockIsReported() {
            assertThat(violations(purity.readsNoClock()))
                .anyMatch(line -> line.contains("ActsByItself.systemClock"))
                .anyMatch(line -> line.contains("ActsByItself.now"))
                .anyMatch(line -> line.contains("ActsByItself.nanoTime"))
                .allMatch(line -> line.contains("ActsByItself"));
        }

        @Test
        void aCoreThatDrawsRandomnessIsReported() {
            assertThat(violations(purity.drawsNoRandomness()))
                .anyMatch(line -> line.contains("ActsByItself.secureRandom"))
                .anyMatch(line -> line.contains("ActsByItself.randomUuid"))
                .allMatch(line -> line.contains("ActsByItself"));
        }

        @Test
        void aCoreThatStartsThreadsIsReported() {
            assertThat(violations(purity.startsNoThreads()))
                .anyMatch(line -> line.contains("ActsByItself.thread"))
                .anyMatch(line -> line.contains("ActsByItself.executor"))
                .allMatch(line -> line.contains("ActsByItself"));
        }

        @Test
        void aCoreThatTouchesFilesOutsideTheFileStoreIsReported() {
            assertThat(violations(purity.touchesNoFiles()))
                .anyMatch(line -> line.contains("ActsByItself.readFile"))
                .anyMatch(line -> line.contains("ActsByItself.openFile"))
                .allMatch(line -> line.contains("ActsByItself"));
        }

        @Test
        void aCoreThatComparesSecretsByteByByteIsReported() {
            assertThat(violations(purity.comparesInConstantTime()))
                .anyMatch(line -> line.contains("ActsByItself.isCode"))
                .allMatch(line -> line.contains("ActsByItself"));
        }

        private List<String> violations(ArchRule rule) {
            return rule.evaluate(PLANTED).getFailureReport().getDetails();
        }
    }
}
