package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.util.JiveGlobals;
import org.jivesoftware.util.WebXmlUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page of the plugin: those that the packed {@code web.xml} names. */
@ExtendWith(OpenfireExtension.class)
class EveryPageIT {

    private final EmbeddedOpenfire server;
    private final ConsoleClient visitor;

    EveryPageIT(EmbeddedOpenfire server) {
        this.server = server;
        visitor = new ConsoleClient(server);
    }

    static Stream<String> pages() throws Exception {
        return addresses().filter(address -> address.endsWith(".jsp"));
    }

    /** Also of what pages ask for. */
    static Stream<String> addresses() throws Exception {
        File unpacked = File.createTempFile("web", ".xml");
        try (JarFile jar = new JarFile(System.getProperty("plugin.jar"));
             var in = jar.getInputStream(jar.getEntry("web/WEB-INF/web.xml"))) {
            Files.write(unpacked.toPath(), in.readAllBytes());
            var web = WebXmlUtils.asDocument(unpacked);
            return WebXmlUtils.getServletNames(web).stream()
                .flatMap(name -> WebXmlUtils.getServletUrlPatterns(web, name).stream())
                .map(pattern -> "/plugins/omemo" + pattern).toList().stream();
        } finally {
            unpacked.delete();
        }
    }

    @BeforeEach
    void installThePlugin() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
    }

    @AfterEach
    void speakEnglishAgain() {
        JiveGlobals.setLocale(Locale.ENGLISH);
    }

    @Test
    void thePackageHoldsPagesAndNoneOfTheirSources() throws Exception {
        assertThat(pages()).isNotEmpty();
        try (JarFile jar = new JarFile(System.getProperty("plugin.jar"))) {
            assertThat(jar.stream().map(Object::toString)).noneMatch(name -> name.contains(".jsp"));
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void nobodySeesItWithoutALogin(String page) {
        for (String path : List.of(page, page.toUpperCase(Locale.ROOT).replace("/PLUGINS", "/plugins").replace(".JSP", ".jsp"))) {
            HttpResponse<String> answer = visitor.get(path);

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/login.jsp?url=");
            assertThat(answer.body()).doesNotContain("omemo");
        }
        assertThat(visitor.post(page, Map.of("csrf", "x")).statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isCompleteInEveryLanguage(String page) {
        visitor.login();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH)) {
            JiveGlobals.setLocale(locale);
            HttpResponse<String> answer = visitor.get(page);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringCase("text/html; charset=utf-8");
            assertThat(answer.body()).contains("jive-main-content", "class=\"currentlink\"").doesNotContain("???");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aFormWithoutTheTokenOrWithAnotherIsRefused(String page) {
        visitor.login();
        assertThat(visitor.post(page, Map.of("csrf", "")).statusCode()).as("nobody has a token yet").isEqualTo(403);
        visitor.get(page);

        for (Map<String, String> form : List.<Map<String, String>>of(Map.of(), Map.of("csrf", ""),
            Map.of("csrf", "a".repeat(15)), Map.of("csrf", visitor.cookie("csrf") + "a"))) {
            HttpResponse<String> answer = visitor.post(page, form);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("Nothing was changed");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void twoPagesMayBeOpenAtATime(String page) {
        visitor.login().get("/plugins/omemo/omemo-settings.jsp");
        String token = visitor.cookie("csrf");

        visitor.get(page);

        assertThat(visitor.cookie("csrf")).isEqualTo(token);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void otherMethodsThanGetAndPostAreRefused(String page) {
        visitor.login();

        assertThat(visitor.send("PUT", page).statusCode()).isEqualTo(405);
        assertThat(visitor.send("DELETE", page).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void moreThanAFormEverSendsIsRefused(String page) {
        visitor.login().get(page);
        String token = visitor.cookie("csrf");

        assertThat(visitor.post(page, Map.of("csrf", token, "x", "y".repeat(10_001))).statusCode()).isEqualTo(400);
        assertThat(visitor.get(page + "?" + "x=1&".repeat(1_001)).statusCode()).isEqualTo(400);
        assertThat(visitor.post(page, Map.of("csrf", token, "x", "y".repeat(300_000))).statusCode())
            .as("more than the server reads").isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isGoneWithThePlugin(String page) throws IOException {
        visitor.login();
        server.plugins().unload("omemo");
        try {
            assertThat(visitor.get(page).statusCode()).isEqualTo(404);
        } finally {
            server.plugins().install(Path.of(System.getProperty("plugin.jar")));
        }
        assertThat(visitor.get(page).statusCode()).isEqualTo(200);
    }
}
