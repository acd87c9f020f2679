package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.policy.Mode;
import org.igniterealtime.openfire.plugin.omemo.policy.Policy;
import org.igniterealtime.openfire.plugin.omemo.policy.PolicyText;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.AdminCommand;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.jivesoftware.util.StringUtils;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/**
 * The modes of rooms as an ad-hoc command (XEP-0050) for admins: what is in force and where it comes from, to be set, or to be
 * given up for what is set more widely. Either all rooms that were named are changed, or none.
 */
final class RoomModeCommand extends AdminCommand {

    static final String CODE = "urn:igniterealtime:openfire:omemo:0#mode";

    /** A thread of the network looks at all of them. */
    static final int MOST_ROOMS = 20;

    private static final int LONGEST_ECHO = 200;
    private static final String SHOW = "show";
    private static final String SET = "set";
    private static final String RESET = "reset";
    private static final String ROOMS = "rooms";
    private static final String MODE = "mode";
    private static final String FAMILIES = "families";

    private final RoomDirectory rooms;

    RoomModeCommand(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    @Override
    public String getCode() {
        return CODE;
    }

    @Override
    protected String texts() {
        return "room-mode";
    }

    @Override
    protected List<String> actions() {
        return List.of(SHOW, SET, RESET);
    }

    @Override
    protected void addFields(DataForm form) {
        form.addField(ROOMS, text(ROOMS), FormField.Type.jid_multi).setRequired(true);
        FormField mode = form.addField(MODE, text(MODE), FormField.Type.list_single);
        RoomQuery.MODES.forEach(word -> mode.addOption(Written.text("console.rooms.mode." + word), word));
        FormField families = form.addField(FAMILIES, text("families.choice"), FormField.Type.list_multi);
        RoomForm.labels().forEach(label -> families.addOption(label, label));
    }

    @Override
    protected void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command) {
        try {
            Set<String> addresses = addresses(fields);
            if (action.equals(SET)) {
                set(addresses, mode(fields), families(fields), admin);
            } else if (action.equals(RESET)) {
                reset(addresses, admin);
            }
            DataForm form = result();
            // One for all: a database that does not answer holds the thread up once.
            Reading reading = Console.reading();
            addresses.forEach(address -> show(address, reading, form));
            command.add(form.getElement());
        } catch (Refusal e) {
            note(command, e.getMessage());
        }
    }

    private Set<String> addresses(Map<String, List<String>> fields) throws Refusal {
        List<String> named = filled(fields, ROOMS);
        if (named.isEmpty()) {
            throw new Refusal(text("no-room"));
        }
        if (named.size() > MOST_ROOMS) {
            throw new Refusal(text("too-many", MOST_ROOMS));
        }
        Set<String> addresses = new LinkedHashSet<>();
        for (String text : named) {
            addresses.add(rooms.address(text).orElseThrow(() ->
                new Refusal(text("unknown-room", StringUtils.abbreviate(text, LONGEST_ECHO)))));
        }
        return addresses;
    }

    private Mode mode(Map<String, List<String>> fields) throws Refusal {
        String word = value(fields, MODE);
        if (!RoomQuery.MODES.contains(word)) {
            throw new Refusal(text("no-mode"));
        }
        return Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** None if each room is to keep its own. */
    private Set<Family> families(Map<String, List<String>> fields) throws Refusal {
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (String label : filled(fields, FAMILIES)) {
            families.add(Family.ofLabel(label).orElseThrow(() ->
                new Refusal(text("unknown-family", StringUtils.abbreviate(label, LONGEST_ECHO)))));
        }
        return families;
    }

    private static List<String> filled(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of()).stream().flatMap(value -> Optional.ofNullable(value).stream())
            .map(String::strip).filter(value -> !value.isEmpty()).distinct().toList();
    }

    private void set(Set<String> addresses, Mode mode, Set<Family> families, JID admin) throws Refusal {
        RoomPolicies stored = RoomPolicies.stored();
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String address : addresses) {
            Policy now = RoomEntry.of(address, rooms.policies()).policy().withMode(mode);
            String policy = PolicyText.format(families.isEmpty() ? now : now.withFamilies(families));
            if (!stored.canHold(address) || !RoomPolicies.canHoldText(policy)) {
                throw new Refusal(text("too-long", address));
            }
            wanted.put(address, policy);
        }
        List<String> changes = new ArrayList<>();
        wanted.forEach((address, policy) -> changes.addAll(stored.set(address, policy)));
        leaveTrace("set the mode of " + addresses.size() + " rooms to " + Words.of(mode), changes, admin);
    }

    private static void reset(Set<String> addresses, JID admin) {
        RoomPolicies stored = RoomPolicies.stored();
        List<String> changes = new ArrayList<>();
        addresses.forEach(address -> changes.addAll(stored.delete(address)));
        leaveTrace("deleted the policies of " + addresses.size() + " rooms", changes, admin);
    }

    private static void leaveTrace(String summary, List<String> changes, JID admin) {
        if (!changes.isEmpty()) {
            new Change(summary, String.join("\n", changes)).leaveTrace(admin.toBareJID());
        }
    }

    private void show(String address, Reading reading, DataForm form) {
        RoomEntry entry = RoomEntry.of(address, rooms.policies());
        RoomRow row = RoomRow.of(entry, rooms, reading, Map.of());
        FormField lines = form.addField(address, address, FormField.Type.text_multi);
        lines.addValue(text(MODE) + ": " + row.mode() + " - " + Written.text("console.settings.mode." + row.mode()));
        lines.addValue(text(FAMILIES) + ": " + String.join(", ", row.families()));
        lines.addValue(text("source") + ": " + Written.text("console.rooms.source." + row.source())
            + (row.pattern().isEmpty() ? "" : " " + row.pattern()));
        lines.addValue(text("policy") + ": " + PolicyText.format(entry.policy()));
        if (!row.state().equals("there")) {
            lines.addValue(Written.text("console.rooms.state." + row.state()));
        }
    }

    /** Says why nothing is done. */
    private static final class Refusal extends Exception {

        Refusal(String why) {
            super(why);
        }
    }
}
