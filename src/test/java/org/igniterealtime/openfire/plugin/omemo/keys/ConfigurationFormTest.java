package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.dom4j.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFormTest {

    private static Element form(String field, String... values) {
        StringBuilder xml = new StringBuilder("<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
            + "<value>http://jabber.org/protocol/pubsub#publish-options</value></field><field var='" + field + "'>");
        for (String value : values) {
            xml.append("<value>").append(value).append("</value>");
        }
        return Samples.parse(xml.append("</field></x>").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "pubsub#max_items, max, 500",
        "pubsub#max_items, 2147483648, 500",
        "pubsub#max_items, 99999999999999999999, 500",
        "pubsub#max_items, 3, 3",
        "pubsub#max_items, MAX, MAX",
        "pubsub#persist_items, true, 1",
        "pubsub#persist_items, false, 0",
        "pubsub#persist_items, 1, 1",
        "pubsub#deliver_payloads, false, 0",
        "pubsub#title, true, true",
        "pubsub#title, max, max",
        "pubsub#access_model, open, open"})
    void isRewrittenSuchThatEveryOpenfireReadsIt(String field, String before, String after) {
        Element form = form(field, before);

        new ConfigurationForm(form).normalise(500);

        assertThat(new ConfigurationForm(form).value(field)).contains(after);
        assertThat(new ConfigurationForm(form).value("FORM_TYPE")).isPresent();
    }

    @Test
    void aValueInWhiteSpaceIsRead() {
        Element form = form("pubsub#max_items", " max\n");

        new ConfigurationForm(form).normalise(500);

        assertThat(new ConfigurationForm(form).value("pubsub#max_items")).contains("500");
    }

    @Test
    void aFieldWithoutOneValueHasNone() {
        assertThat(new ConfigurationForm(form("pubsub#access_model")).value("pubsub#access_model")).isEmpty();
        assertThat(new ConfigurationForm(form("pubsub#access_model", "open", "presence")).value("pubsub#access_model"))
            .isEmpty();
        assertThat(new ConfigurationForm(form("pubsub#access_model", "open")).value("pubsub#max_items")).isEmpty();
    }

    @Test
    void theOtherBooleansAreToldAsEveryOpenfireReadsThem() {
        Element form = Samples.parse("<x xmlns='jabber:x:data'>"
            + "<field var='pubsub#notify_retract'><value>true</value></field>"
            + "<field var='pubsub#deliver_payloads'><value>0</value></field>"
            + "<field var='pubsub#subscribe'><value>perhaps</value></field>"
            + "<field var='pubsub#persist_items'><value>1</value></field>"
            + "<field var='pubsub#title'><value>1</value></field></x>");
        new ConfigurationForm(form).normalise(500);

        assertThat(new ConfigurationForm(form).otherBooleans())
            .isEqualTo(Map.of("pubsub#notify_retract", "1", "pubsub#deliver_payloads", "0"));
    }
}
