package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.server.AdminCommand;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/**
 * The readiness of a room as an ad-hoc command (XEP-0050) for admins: who could speak if encryption was enforced in the
 * families that its policy accepts, who not, and why. Who is still being looked at is known a little later, by the same
 * command.
 */
final class RoomReadinessCommand extends AdminCommand {

    static final String CODE = "urn:igniterealtime:openfire:omemo:0#readiness";

    /** Those who could not speak come first. */
    static final int MOST_MEMBERS = 200;

    private static final String ROOM = "room";

    private final RoomDirectory rooms;

    RoomReadinessCommand(RoomDirectory rooms) {
        this.rooms = rooms;
    }

    @Override
    public String getCode() {
        return CODE;
    }

    @Override
    protected String texts() {
        return "room-readiness";
    }

    @Override
    protected List<String> actions() {
        return List.of("show");
    }

    @Override
    protected void addFields(DataForm form) {
        form.addField(ROOM, text(ROOM), FormField.Type.jid_single).setRequired(true);
    }

    @Override
    protected void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command) {
        String address = rooms.address(value(fields, ROOM)).orElse(null);
        if (address == null) {
            note(command, text("unknown-room"));
            return;
        }
        RoomRow row = RoomRow.of(RoomEntry.of(address, rooms.policies()), rooms, Console.reading(), Map.of());
        if (row.readiness() == null) {
            note(command, Written.text("console.rooms.state." + row.state()));
        } else {
            command.add(show(row).getElement());
        }
    }

    private DataForm show(RoomRow row) {
        RoomReadiness readiness = row.readiness();
        DataForm form = result();
        add(form, ROOM, row.address());
        add(form, "mode", row.mode());
        add(form, "families", String.join(", ", row.families()));
        add(form, "people", Integer.toString(readiness.total()));
        add(form, "able", Integer.toString(readiness.able()));
        add(form, "unable", Integer.toString(readiness.unable()));
        add(form, "remote", Integer.toString(readiness.remote()));
        add(form, "pending", Integer.toString(readiness.pending()));
        FormField families = form.addField("by-family", Written.text("console.room.readiness.by-family"), FormField.Type.text_multi);
        readiness.byFamily().forEach((family, amount) -> families.addValue(family + ": " + amount));
        FormField members = form.addField("members", text("members"), FormField.Type.text_multi);
        readiness.members().stream().limit(MOST_MEMBERS).forEach(member -> members.addValue(line(member)));
        if (readiness.total() > MOST_MEMBERS) {
            members.addValue("+ " + (readiness.total() - MOST_MEMBERS));
        }
        if (!readiness.isComplete()) {
            members.addValue(Written.text("console.room.readiness.more"));
        }
        FormField findings = form.addField("findings", Written.text("console.room.findings"), FormField.Type.text_multi);
        row.findings().forEach(finding -> findings.addValue(Written.text("console.room.finding." + finding)));
        return form;
    }

    private static String line(MemberRow member) {
        return member.account() + ": " + Written.text("console.room.state." + member.state())
            + (member.able().isEmpty() ? "" : " (" + String.join(", ", member.families()) + ")");
    }
}
