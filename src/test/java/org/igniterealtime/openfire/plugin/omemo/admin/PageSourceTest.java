package org.igniterealtime.openfire.plugin.omemo.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every JSP of the console keeps to, so that no page can forget it. */
class PageSourceTest {

    private static final Path WEB = Path.of("web");
    private static final String TAGS = "c:(out|if|when|set|forEach|forTokens|param|url)|fmt:(message|param|formatNumber)";
    private static final String TOKEN = "<%@ include file=\"WEB-INF/parts/token.jspf\" %>";

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
    void everyPageIsAPageAndHasTheIdOfAnEntryInTheConsole(Path page) throws IOException {
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
            .doesNotContainPattern("<script(?! src=\"script/[a-z-]+\\.js\" defer></script>)")
            .doesNotContainPattern("\\son[a-z]+=");
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

    /** Expressions outside of tags that escape or do not write, and texts whose words would be written as they are. */
    private static List<String> unescaped(String source) {
        String text = source.replaceAll("<%@.*?%>", "").replaceAll("<(" + TAGS + ")((?!escapeXml)[^>\"]|\"[^\"]*\")*>", "");
        return Stream.concat(Pattern.compile("\\$\\{[^}]*}").matcher(text).results(),
                Pattern.compile("(?s)<fmt:message(?![^>]*\\bvar=)[^>]*[^/]>").matcher(source).results())
            .map(MatchResult::group).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyFormThatChangesSomethingCarriesTheToken(Path page) throws IOException {
        Stream<String> forms = Pattern.compile("(?s)<form.*?</form>").matcher(read(page)).results().map(MatchResult::group);

        assertThat(forms).allMatch(form -> form.startsWith("<form method=\"get\"")
            || form.startsWith("<form method=\"post\"") && form.contains(TOKEN));
    }

    /** Of keys with an expression in them the beginning; {@link EveryPageIT} sees whether the rest is there. */
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
