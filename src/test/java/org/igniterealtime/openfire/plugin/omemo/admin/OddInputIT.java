package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.igniterealtime.openfire.plugin.omemo.embedded.ConsoleClient;
import org.igniterealtime.openfire.plugin.omemo.embedded.EmbeddedOpenfire;
import org.igniterealtime.openfire.plugin.omemo.embedded.OpenfireExtension;
import org.jivesoftware.util.JiveGlobals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no form of ours sends, as the value of every parameter: it is no fault of the server, no markup, and no order. */
@ExtendWith(OpenfireExtension.class)
class OddInputIT {

    private static final List<String> ASKED = List.of("account", "room", "page", "devices", "family", "device", "label", "state",
        "after", "by", "text", "mode", "sort", "property", "bot", "run", "look", "finding", "action", "from", "until", "sender",
        "format");
    private static final List<String> SENT = List.of("section", "kind", "target", "pattern", "name", "bot-kind", "every",
        "change", "alarm", "fingerprint", "max-keys", "exempt", "body", "activity", "family-0.4", "statistics-days");
    private static final List<String> ACTIONS = List.of("save", "set-policy", "delete-policy", "preview", "set-bot", "delete-bot",
        "pause", "start", "trust", "acknowledge", "remove", "repair");
    private static final List<String> VALUES = List.of("-1", "99999999999", "\u0661", "\"'><script>alert(1)</script>", "a@b/c",
        "a@conference.openfire.example/<script>alert(1)</script>", "@", "a\u0000b@x", "\u202Ex@y", "%%%s{0}'{", "${7*7}",
        "' OR 1=1 --", "\r\nSet-Cookie: odd=1", "+999999999-12-31T23:59", "a;trust=blind", "x".repeat(5_000),
        "x".repeat(64) + "@" + "y.".repeat(600) + "z");

    private final EmbeddedOpenfire server;
    private final ConsoleClient admin;

    OddInputIT(EmbeddedOpenfire server) {
        this.server = server;
        admin = new ConsoleClient(server);
    }

    static Stream<String> addresses() throws Exception {
        return EveryPageIT.addresses();
    }

    static Stream<String> pages() throws Exception {
        return EveryPageIT.pages();
    }

    @BeforeEach
    void logIn() {
        server.plugins().ensureInstalled(Path.of(System.getProperty("plugin.jar")));
        admin.login();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void whateverIsAskedForIsAnswered(String address) {
        for (String value : VALUES) {
            // Twice, since one parameter may come more than once.
            ASKED.forEach(name -> judge(admin.get(address + "?" + query(List.of(name, name), value)), name, value));
            if (value.length() < 1_000) {
                judge(admin.get(address + "?" + query(ASKED, value)), "all", value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whateverIsSentChangesNothing(String page) {
        admin.get(page);
        Set<String> before = new HashSet<>(JiveGlobals.getPropertyNames());
        for (String action : ACTIONS) {
            for (String value : VALUES) {
                Map<String, String> form = new HashMap<>();
                ASKED.forEach(name -> form.put(name, value));
                SENT.forEach(name -> form.put(name, value));
                form.put("action", action);
                form.put("csrf", admin.cookie("csrf"));
                HttpResponse<String> answer = admin.post(page, form);

                judge(answer, action, value);
                assertThat(answer.statusCode()).as("%s: %s", action, value).isNotEqualTo(302);
            }
        }
        assertThat(JiveGlobals.getPropertyNames()).hasSameElementsAs(before);
    }

    private static void judge(HttpResponse<String> answer, String name, String value) {
        assertThat(answer.statusCode()).as("%s: %s", name, value).isLessThan(500);
        assertThat(answer.body()).as("%s: %s", name, value).doesNotContain("<script>alert", "???");
        assertThat(answer.headers().allValues("Set-Cookie")).as("%s: %s", name, value)
            .noneMatch(cookie -> cookie.startsWith("odd"));
    }

    private static String query(List<String> names, String value) {
        return names.stream().map(name -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }
}
