package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import java.util.Map;
import org.dom4j.Element;
import org.jivesoftware.openfire.commands.AdHocCommand;
import org.jivesoftware.openfire.commands.SessionData;
import org.jivesoftware.util.LocaleUtils;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/**
 * An ad-hoc command (XEP-0050) for admins: one form to fill in, which says what to do, and one that tells what came of it.
 * Its texts have keys of their own.
 */
public abstract class AdminCommand extends AdHocCommand {

    /** The field that says what to do; it is not asked for where there is one thing only. */
    static final String ACTION = "action";

    /** What the keys of its texts begin with. Openfire asks for a text while the command is being made. */
    protected abstract String texts();

    /** What can be done; the first unless the admin chooses another. */
    protected abstract List<String> actions();

    @Override
    public String getDefaultLabel() {
        return text("label");
    }

    @Override
    public int getMaxStages(SessionData data) {
        return 1;
    }

    @Override
    protected List<Action> getActions(SessionData data) {
        return List.of(Action.complete);
    }

    @Override
    protected Action getExecuteAction(SessionData data) {
        return Action.complete;
    }

    @Override
    protected void addStageInformation(SessionData data, Element command) {
        DataForm form = new DataForm(DataForm.Type.form);
        form.setTitle(text("label"));
        form.addInstruction(text("instruction"));
        if (actions().size() > 1) {
            FormField action = form.addField(ACTION, common("action"), FormField.Type.list_single);
            actions().forEach(option -> action.addOption(text("action." + option), option));
            action.addValue(actions().get(0));
            action.setRequired(true);
        }
        addFields(form);
        command.add(form.getElement());
    }

    /** Adds what else can be filled in. */
    protected abstract void addFields(DataForm form);

    @Override
    public void execute(SessionData data, Element command) {
        // Openfire asks for the permission only when a session begins.
        if (!hasPermission(data.getOwner())) {
            note(command, common("forbidden"));
            return;
        }
        Map<String, List<String>> fields = data.getData();
        String action = actions().size() > 1 ? value(fields, ACTION) : actions().get(0);
        if (actions().contains(action)) {
            carryOut(action, fields, data.getOwner(), command);
        } else {
            note(command, common("unknown-action"));
        }
    }

    /**
     * Does it, on a thread of the network.
     *
     * @param action  one of those that were offered
     * @param fields  as they were filled in
     * @param command takes what came of it
     */
    protected abstract void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command);

    /** A form that tells something. */
    protected final DataForm result() {
        DataForm form = new DataForm(DataForm.Type.result);
        form.setTitle(text("label"));
        return form;
    }

    /** One line of it. */
    protected final void add(DataForm form, String name, String value) {
        form.addField(name, text(name), FormField.Type.text_single).addValue(value);
    }

    /** Says that it was not done, and why. */
    protected static void note(Element command, String why) {
        command.addElement("note").addAttribute("type", "error").setText(why);
    }

    /** What was filled into a field; empty if nothing was. */
    protected static String value(Map<String, List<String>> fields, String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() || values.get(0) == null ? "" : values.get(0).trim();
    }

    /** Whether a field for yes or no says yes. */
    protected static boolean isSet(Map<String, List<String>> fields, String name) {
        String value = value(fields, name);
        return value.equals("1") || value.equals("true");
    }

    /** One of its texts. */
    protected final String text(String key) {
        return LocaleUtils.getLocalizedString(texts() + "." + key, "omemo");
    }

    /** A text with words in it. */
    protected final String text(String key, Object... words) {
        return LocaleUtils.getLocalizedString(texts() + "." + key, "omemo", List.of(words));
    }

    /** A text that all commands have. */
    static String common(String key) {
        return LocaleUtils.getLocalizedString("command." + key, "omemo");
    }
}
