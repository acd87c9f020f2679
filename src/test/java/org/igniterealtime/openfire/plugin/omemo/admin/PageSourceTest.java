package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every JSP of the console keeps to, so that no page can forget it. */
class PageSourceTest {

    private static final Path WEB = Path.of("web");

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            return files.filter(file -> file.toString().matches(".*\\.jspf?")).toList().stream();
        }
    }

    private static Stream<Path> pages() throws IOException {
        return files().filter(file -> file.toString().endsWith(".jsp"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsAPageModelsAndHasTheIdOfAnEntryInTheConsole(Path page) throws IOException {
        String id = page.getFileName().toString().replace(".jsp", "");

        assertThat(read(page)).contains("<%@ page extends=\"" + Page.class.getPackageName() + ".")
            .contains("<%@ include file=\"WEB-INF/parts/page.jspf\" %>", "<%@ include file=\"WEB-INF/parts/notice.jspf\" %>")
            .contains("<meta name=\"pageID\" content=\"" + id + "\">");
        assertThat(Files.readString(Path.of("plugin.xml"))).contains("<item id=\"" + id + "\"");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noPageHoldsCode(Path file) throws IOException {
        assertThat(read(file)).doesNotContainPattern("<%(?!@)").doesNotContainPattern("<jsp:(?!directive)")
            .doesNotContain("<script");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyValueIsEscapedWhereItIsWritten(Path file) throws IOException {
        assertThat(unescaped(read(file))).isEmpty();
    }

    @Test
    void aValueThatIsNotEscapedIsFound() {
        assertThat(unescaped("<p>${model.text()}</p>")).isNotEmpty();
        assertThat(unescaped("<p title=\"${model.text()}\"><c:out value=\"${x}\"/></p>")).isNotEmpty();
        assertThat(unescaped("<c:out value=\"${x}\" escapeXml=\"false\"/>")).isNotEmpty();
        assertThat(unescaped("<fmt:message key=\"x\"><fmt:param value=\"${x}\"/></fmt:message>")).isNotEmpty();
        assertThat(unescaped("<fmt:message key=\"a.${x.kind()}\"/>")).isEmpty();
    }

    /** Expressions outside of our tags, and tags that write without escaping. */
    private static List<String> unescaped(String source) {
        String text = source.replaceAll("<%@.*?%>", "")
            .replaceAll("<(c:(out|if|when|set|forEach|forTokens|param|url)|fmt:(message|param))((?!escapeXml)[^>\"]|\"[^\"]*\")*>", "");
        List<String> found = Pattern.compile("\\$\\{[^}]*}").matcher(text).results()
            .map(match -> match.group()).collect(Collectors.toList());
        Pattern.compile("(?s)<fmt:message(?![^>]*\\bvar=)[^>]*[^/]>").matcher(source).results()
            .forEach(match -> found.add(match.group() + " writes its words as they are"));
        return found;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFormThatChangesSomethingCarriesTheToken(Path page) throws IOException {
        String source = read(page);

        for (String form : Pattern.compile("(?s)<form.*?</form>").matcher(source).results().map(match -> match.group()).toList()) {
            assertThat(form).containsPattern("^<form (method=\"post\"[^>]*>\\s*<%@ include file=\"WEB-INF/parts/token.jspf\" %>|method=\"get\")");
        }
    }

    /** Those with an expression in them are seen by the tests that show the pages: a missing text has question marks around it. */
    @ParameterizedTest
    @MethodSource("files")
    void everyTextOfAPageExists(Path file) throws IOException {
        Properties english = new Properties();
        try (var reader = Files.newBufferedReader(Path.of("src/main/i18n/omemo_i18n.properties"))) {
            english.load(reader);
        }
        Stream<String> keys = Pattern.compile("'(console\\.[^']*)'|key=\"(console\\.[^\"]*)\"").matcher(read(file)).results()
            .map(match -> match.group(1) != null ? match.group(1) : match.group(2));

        assertThat(keys.toList()).allMatch(key -> key.contains("${")
            ? english.stringPropertyNames().stream().anyMatch(name -> name.startsWith(key.substring(0, key.indexOf("${"))))
            : english.containsKey(key), "has a text");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
