package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.embedded.Received;
import org.igniterealtime.openfire.plugin.omemo.embedded.TestClient;

/** The plugin's ad-hoc commands (XEP-0050), as a client gives them. */
public final class Commands {

    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String CODES = "urn:igniterealtime:openfire:omemo:0#";

    /**
     * What came of one.
     *
     * @param note   why it was not done, or null
     * @param fields the lines of each field of the form that it showed
     */
    public record Answer(String note, Map<String, List<String>> fields) {

        /** The lines of a field; none if there is no such field. */
        public List<String> lines(String field) {
            return fields.getOrDefault(field, List.of());
        }

        /** A field of one line. */
        public String line(String field) {
            return String.join("\n", lines(field));
        }
    }

    private Commands() {
    }

    /** Begins one: the answer has the form to fill in, or is an error. */
    public static Received begin(TestClient client, String name) {
        return client.request("type='set' to='" + domain(client) + "'",
            "<command xmlns='" + COMMANDS + "' action='execute' node='" + CODES + name + "'/>");
    }

    /** Carries one out. */
    public static Answer carryOut(TestClient client, String name, Map<String, String> fields) {
        return fillIn(client, name, begin(client, name), fields);
    }

    /** Carries one out whose fields may have any number of values. */
    public static Answer carryOutWithLists(TestClient client, String name, Map<String, List<String>> fields) {
        return submit(client, name, begin(client, name), fields);
    }

    /** Fills in the form of one that has begun. */
    public static Answer fillIn(TestClient client, String name, Received begun, Map<String, String> fields) {
        return submit(client, name, begun, fields.entrySet().stream().collect(Collectors.toMap(
            Map.Entry::getKey, field -> List.of(field.getValue()))));
    }

    private static Answer submit(TestClient client, String name, Received begun, Map<String, List<String>> fields) {
        String filledIn = fields.entrySet().stream().map(field -> "<field var='" + field.getKey() + "'>"
            + field.getValue().stream().map(value -> "<value>" + value.replace("<", "&lt;") + "</value>")
                .collect(Collectors.joining()) + "</field>").collect(Collectors.joining());
        Element command = client.request("type='set' to='" + domain(client) + "'", "<command xmlns='" + COMMANDS
            + "' node='" + CODES + name + "' sessionid='" + begun.element().element("command").attributeValue("sessionid")
            + "'><x xmlns='jabber:x:data' type='submit'>" + filledIn + "</x></command>").element().element("command");
        Element form = command.element("x");
        List<Element> shown = form == null ? List.of() : form.elements("field");
        return new Answer(command.elementText("note"), shown.stream().collect(Collectors.toMap(
            field -> field.attributeValue("var"), Commands::values)));
    }

    private static List<String> values(Element field) {
        List<Element> values = field.elements("value");
        return values.stream().map(Element::getText).collect(Collectors.toList());
    }

    private static String domain(TestClient client) {
        return client.bareJid().substring(client.bareJid().indexOf('@') + 1);
    }
}
