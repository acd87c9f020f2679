package org.igniterealtime.openfire.plugin.omemo.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged plugin links against every Openfire release whose API is recorded. */
class ApiCheckIT {

    private static final String PLUGIN_CLASS = "org/igniterealtime/openfire/plugin/omemo/OmemoPlugin";

    /** Guards against a check of next to nothing; to be raised as the plugin grows. */
    private static final int LEAST_USES = 4;

    private static ApiReferences classes;
    private static List<Lookup> lookups;

    @BeforeAll
    static void readThePackagedPlugin() throws Exception {
        Path jar = Path.of(Objects.requireNonNull(System.getProperty("plugin.jar"), "plugin.jar"));
        List<byte[]> classFiles = PluginJar.classFiles(jar);
        classes = ApiReferences.of(classFiles);
        lookups = PluginLookups.of(classFiles);
    }

    static Stream<ApiRecording> releases() {
        return ApiRecording.RELEASES.stream().map(ApiRecording::of);
    }

    @Test
    void thePackageHoldsThePluginAndItsUsesOfOpenfire() {
        assertThat(classes.ownTypes()).containsKey(PLUGIN_CLASS);
        assertThat(classes.references())
            .hasSizeGreaterThanOrEqualTo(LEAST_USES)
            .anyMatch(use -> use instanceof Inheritance && use.from().equals(PLUGIN_CLASS))
            .anyMatch(use -> use.equals(new TypeUse(PLUGIN_CLASS, "org/jivesoftware/openfire/container/Plugin")));
        assertThat(lookups).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyUseOfOpenfireLinks(ApiRecording release) {
        assertThat(new ApiCheck(release, classes.ownTypes()).faults(classes.references())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void everyLookupFindsItsMethod(ApiRecording release) {
        List<Lookup> used = lookups.stream().filter(lookup -> lookup.isUsedIn(release.release())).toList();

        assertThat(used).isNotEmpty();
        assertThat(new ApiCheck(release, classes.ownTypes()).faults(used)).isEmpty();
    }
}
