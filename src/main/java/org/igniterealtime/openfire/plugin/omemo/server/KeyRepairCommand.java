package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/**
 * The housekeeping as an ad-hoc command (XEP-0050) for admins. The order is carried out in the background: what takes
 * longer than a moment is asked for again, by the same command.
 */
final class KeyRepairCommand extends AdminCommand {

    static final String CODE = "urn:igniterealtime:openfire:omemo:0#key-repair";

    /** A thread of the network waits for so long. */
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final int MOST_LINES = 100;
    private static final String LOOK = "look";
    private static final String REPAIR = "repair";
    private static final String PROGRESS = "progress";
    private static final String STOP = "stop";

    private final KeyHousekeeping housekeeping;

    KeyRepairCommand(KeyHousekeeping housekeeping) {
        this.housekeeping = housekeeping;
    }

    @Override
    public String getCode() {
        return CODE;
    }

    @Override
    protected String texts() {
        return "housekeeping";
    }

    @Override
    protected List<String> actions() {
        return List.of(LOOK, REPAIR, PROGRESS, STOP);
    }

    @Override
    protected void addFields(DataForm form) {
        form.addField("account", text("account"), FormField.Type.jid_single);
        form.addField("open-closed", text("open-closed"), FormField.Type.boolean_type).addValue("0");
        form.addField("remove-dead", text("remove-dead"), FormField.Type.boolean_type).addValue("0");
    }

    @Override
    protected void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command) {
        if (action.equals(LOOK) || action.equals(REPAIR)) {
            begin(action.equals(LOOK), fields, admin, command);
        } else {
            showLast(action.equals(STOP), command);
        }
    }

    private void begin(boolean dry, Map<String, List<String>> fields, JID admin, Element command) {
        String account = value(fields, "account");
        Optional<BareJid> owner = BareJid.of(account).filter(jid -> jid.local().isPresent());
        if (!account.isEmpty() && owner.isEmpty()) {
            note(command, text("no-account"));
            return;
        }
        RepairOptions options = new RepairOptions(isSet(fields, "open-closed"), isSet(fields, "remove-dead"));
        Optional<HousekeepingRun> run =
            housekeeping.begin(new RepairOrder(owner, dry, options, admin.toBareJID()));
        if (run.isEmpty()) {
            note(command, text("busy"));
            return;
        }
        show(run.get(), command);
    }

    private void showLast(boolean stop, Element command) {
        Optional<HousekeepingRun> last = housekeeping.last();
        if (last.isEmpty()) {
            note(command, text("nothing-yet"));
            return;
        }
        if (stop) {
            last.get().cancel();
        }
        show(last.get(), command);
    }

    private void show(HousekeepingRun run, Element command) {
        run.await(MOMENT);
        HousekeepingRun.State state = run.state();
        HousekeepingReport report = run.report();
        boolean dry = run.order().dry();
        DataForm form = result();
        add(form, "state", text("state." + state.name().toLowerCase(Locale.ROOT)));
        add(form, "accounts", Long.toString(report.accounts()));
        add(form, "failed", Long.toString(report.failed()));
        FormField totals = form.addField("totals", text("totals"), FormField.Type.text_multi);
        report.totals().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(total ->
            totals.addValue(total.getKey().code() + ": " + total.getValue() + " - "
                + text("finding." + total.getKey().code())));
        FormField found = form.addField("found", text("found"), FormField.Type.text_multi);
        report.findings().stream().limit(MOST_LINES).forEach(entry -> found.addValue(entry.owner() + " "
            + entry.finding().node() + ": " + entry.finding().code().code()
            + (entry.finding().device().isPresent() ? " " + entry.finding().device().getAsInt() : "")
            + (entry.finding().detail().isEmpty() ? "" : " (" + entry.finding().detail() + ")")));
        addRest(found, report.found());
        FormField changes = form.addField("changes", text(dry ? "planned" : "changed"), FormField.Type.text_multi);
        report.changes().stream().limit(MOST_LINES).forEach(entry ->
            changes.addValue(entry.owner() + " " + entry.node() + ": " + entry.description()));
        addRest(changes, report.steps());
        command.add(form.getElement());
    }

    private static void addRest(FormField lines, long all) {
        if (all > MOST_LINES) {
            lines.addValue("+ " + (all - MOST_LINES));
        }
    }
}
