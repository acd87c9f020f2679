package org.igniterealtime.openfire.plugin.omemo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;

/** The layout of the house as rules: which package may use which, and where Openfire is known. */
final class Architecture {

    private static final String PLUGIN = "OmemoPlugin";

    /** The packages that each package may use besides its own. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
        "protocol", List.of(),
        "core", List.of("protocol"),
        "policy", List.of("protocol"),
        "keys", List.of("protocol", "core"),
        "stats", List.of("protocol"),
        "store", List.of("core", "policy", "stats"),
        "bot", List.of("protocol", "core", "keys", "store"),
        "server", List.of("protocol", "core", "policy", "keys", "stats", "store", "bot"),
        "admin", List.of("protocol", "core", "policy", "keys", "stats", "store", "bot", "server"));

    private final String root;

    /** @param root the package of the plugin class, with the packages of the house below it */
    Architecture(String root) {
        this.root = root;
    }

    List<ArchRule> rules() {
        return List.of(
            packagesUseOnlyWhatTheyMay(), packagesAreFreeOfCycles(), openfireIsKnownInFewPlaces(),
            cryptographyStaysInCore(), lookupsByNameStandInOnePlace());
    }

    /** Every class has its place, and the plugin class, alone in the root package, is used by none. */
    ArchRule packagesUseOnlyWhatTheyMay() {
        LayeredArchitecture layers = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(root + "..")
            .withOptionalLayers(true)
            .layer(PLUGIN).definedBy(root)
            .whereLayer(PLUGIN).mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitecture();
        for (String name : MAY_USE.keySet()) {
            layers = layers.layer(name).definedBy(inside(name));
        }
        for (Map.Entry<String, List<String>> layer : MAY_USE.entrySet()) {
            layers = layer.getValue().isEmpty()
                ? layers.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
                : layers.whereLayer(layer.getKey()).mayOnlyAccessLayers(layer.getValue().toArray(String[]::new));
        }
        return layers.allowEmptyShould(true);
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** Openfire and Tinder. */
    ArchRule openfireIsKnownInFewPlaces() {
        DescribedPredicate<JavaClass> maySpeakToIt = resideInAnyPackage(root, inside("server"), inside("admin"))
            .or(resideInAnyPackage(inside("store")).and(describe("connection source",
                type -> type.getSimpleName().endsWith("ConnectionSource"))));
        return noClasses().that(not(maySpeakToIt))
            .should().dependOnClassesThat().resideInAnyPackage("org.jivesoftware..", "org.xmpp..")
            .as("Only server, admin, the connection source of the store and the plugin class know Openfire")
            .allowEmptyShould(true);
    }

    /** Bouncy Castle and protobuf are libraries of the core, which hides them. */
    ArchRule cryptographyStaysInCore() {
        return noClasses().that().resideOutsideOfPackage(inside("core"))
            .should().dependOnClassesThat().resideInAnyPackage("org.bouncycastle..", "com.google.protobuf..")
            .allowEmptyShould(true);
    }

    /** What is reached by name is invisible to the compiler, so it is declared where the check of the API sees it. */
    ArchRule lookupsByNameStandInOnePlace() {
        return noClasses().that().doNotHaveFullyQualifiedName(root + ".server.OpenfireSymbol")
            .should().accessTargetWhere(describe("a class or a member of one is looked up by name", access -> {
                String owner = access.getTargetOwner().getName();
                String name = access.getName();
                return owner.equals("java.lang.Class")
                        && name.matches("forName|get(Declared)?(Method|Field|Constructor)s?")
                    || owner.equals("java.lang.ClassLoader") && name.equals("loadClass")
                    || owner.equals("java.lang.invoke.MethodHandles$Lookup")
                        && name.matches("find(Virtual|Static|Special|Constructor)|unreflect.*");
            }))
            .allowEmptyShould(true);
    }

    private String inside(String name) {
        return root + "." + name + "..";
    }
}
