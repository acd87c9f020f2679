package org.igniterealtime.openfire.plugin.omemo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinTask;

/**
 * The core acts on what it is handed: time, randomness and storage come from outside, and so do threads. What it compares
 * tells nobody by the time it takes.
 */
final class CorePurity {

    /** Those that hold nothing but what everybody may know. */
    private static final String PUBLIC = "(DhPublic|Identity|SignedPre|Pre|Ephemeral|Ratchet)Key|Signature|BirationalMap"
        + "|AssociatedData|Fingerprint|StoreFileFormat";

    private final String core;

    /** @param root the package of the plugin class */
    CorePurity(String root) {
        this.core = root + ".core";
    }

    List<ArchRule> rules() {
        return List.of(readsNoClock(), drawsNoRandomness(), startsNoThreads(), touchesNoFiles(),
            comparesInConstantTime());
    }

    ArchRule readsNoClock() {
        return classesOfTheCore().should().accessTargetWhere(describe("the time is read", CorePurity::readsTheClock))
            .allowEmptyShould(true);
    }

    ArchRule drawsNoRandomness() {
        return classesOfTheCore().should()
            .accessTargetWhere(describe("a source of randomness is opened", CorePurity::opensRandomness))
            .allowEmptyShould(true);
    }

    ArchRule startsNoThreads() {
        return classesOfTheCore().should().dependOnClassesThat(anyOf(
                Thread.class, Executor.class, Executors.class, CompletionStage.class, ForkJoinTask.class, Timer.class,
                TimerTask.class))
            .allowEmptyShould(true);
    }

    /** Nor sockets or databases; streams in memory are welcome. */
    ArchRule touchesNoFiles() {
        return noClasses().that().resideInAPackage(core + "..").and().resideOutsideOfPackage(core + ".store.file..")
            .should().dependOnClassesThat(anyOf(
                    File.class, FileDescriptor.class, FileInputStream.class, FileOutputStream.class, FileReader.class,
                    FileWriter.class, RandomAccessFile.class, PrintStream.class)
                .or(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..")))
            .allowEmptyShould(true);
    }

    /** Secrets and message authentication codes. */
    ArchRule comparesInConstantTime() {
        return classesOfTheCore().and(describe("hold secrets", type -> !type.getSimpleName().matches(PUBLIC)))
            .should().accessTargetWhere(describe("bytes are compared one after the other", access ->
                access.getTargetOwner().isEquivalentTo(Arrays.class) && access.getName().matches("equals|compare|mismatch")))
            .allowEmptyShould(true);
    }

    private GivenClassesConjunction classesOfTheCore() {
        return noClasses().that().resideInAPackage(core + "..");
    }

    private static DescribedPredicate<JavaClass> anyOf(Class<?>... types) {
        DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
        for (Class<?> type : types) {
            any = any.or(assignableTo(type));
        }
        return any;
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.equals("java.time.Clock") && name.startsWith("system")
            || owner.startsWith("java.time.") && name.matches("now|tick(Millis|Seconds|Minutes)")
                && !takesAClock(access)
            || owner.equals("java.lang.System") && name.matches("currentTimeMillis|nanoTime")
            || owner.equals("java.util.Calendar") && name.equals("getInstance")
            || owner.equals("java.util.Date") && name.equals("<init>") && parameters(access).isEmpty();
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return parameters(access).stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static List<JavaClass> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget method ? method.getRawParameterTypes() : List.of();
    }

    private static boolean opensRandomness(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        return owner.matches("java\\.security\\.SecureRandom|java\\.util\\.(Random|SplittableRandom)")
                && name.matches("<init>|getInstance.*")
            || owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current")
            || owner.equals("java.lang.Math") && name.equals("random")
            || owner.equals("java.util.UUID") && name.equals("randomUUID");
    }
}
