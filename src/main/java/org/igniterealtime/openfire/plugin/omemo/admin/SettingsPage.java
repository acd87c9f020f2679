package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.server.BotProperties;
import org.jivesoftware.util.JiveGlobals;

/** Everything that can be set: policies, what is kept, keys, bots. */
public abstract class SettingsPage extends Page {

    private static final String LOCATION = "omemo-settings.jsp";

    @Override
    protected SettingsModel show(Visit visit) {
        return new SettingsModel(SettingsSection.all(), Excerpt.of(PolicyRow.all(), visit.number("page")),
            PolicyRow.of(visit.text("property")).map(PolicyForm::of).orElseGet(PolicyForm::empty), BotRow.all(),
            BotRow.of(visit.text("bot")).map(BotRow::form).orElseGet(BotForm::empty));
    }

    @Override
    protected SettingsModel retry(Visit visit) {
        return switch (visit.text("action")) {
            case "save" -> show(visit).withSections(SettingsSection.typed(visit));
            case "set-policy" -> show(visit).withPolicy(PolicyForm.typed(visit));
            case "set-bot" -> show(visit).withBot(BotForm.typed(visit));
            default -> show(visit);
        };
    }

    @Override
    protected Answer change(Visit visit) {
        return switch (visit.text("action")) {
            case "save" -> save(visit);
            case "set-policy" -> setPolicy(visit);
            case "delete-policy" -> deletePolicy(visit);
            case "set-bot" -> setBot(visit);
            case "delete-bot" -> deleteBot(visit);
            default -> new Answer.Refused(show(visit));
        };
    }

    private Answer save(Visit visit) {
        PlainSetting.Section section = Arrays.stream(PlainSetting.Section.values())
            .filter(one -> one.id().equals(visit.text("section"))).findFirst().orElse(null);
        if (section == null || SettingsSection.typed(visit).stream().anyMatch(SettingsSection::isWrong)) {
            return new Answer.Refused(retry(visit));
        }
        List<String> changes = PlainSetting.of(section).stream().map(setting -> setting.set(setting.typed(visit)))
            .flatMap(Optional::stream).toList();
        return changes.isEmpty()
            ? new Answer.Done(Optional.empty(), Notice.success("console.settings.unchanged"), LOCATION)
            : done(new Change("changed settings", String.join("\n", changes)), Notice.success("console.settings.saved"));
    }

    private Answer setPolicy(Visit visit) {
        PolicyForm form = PolicyForm.typed(visit);
        if (!form.isRight()) {
            return new Answer.Refused(retry(visit));
        }
        String before = JiveGlobals.getProperty(form.name(), "nothing");
        JiveGlobals.setProperty(form.name(), form.value());
        return done(new Change("set a policy", form.name() + ": " + before + " -> " + form.value()),
            Notice.success("console.settings.policy.saved", form.about()));
    }

    private Answer deletePolicy(Visit visit) {
        PolicyRow row = PolicyRow.of(visit.text("property")).filter(PolicyRow::isSet).orElse(null);
        if (row == null) {
            return new Answer.Refused(show(visit));
        }
        JiveGlobals.deleteProperty(row.property());
        return done(new Change("deleted a policy", row.property() + ": " + row.policy()),
            Notice.success("console.settings.policy.deleted", PolicyForm.of(row).about()));
    }

    private Answer setBot(Visit visit) {
        BotForm form = BotForm.typed(visit);
        if (!form.problems().isEmpty()) {
            return new Answer.Refused(retry(visit));
        }
        String before = JiveGlobals.getProperty(form.property(), "nothing");
        JiveGlobals.setProperty(form.property(), form.value());
        return done(new Change("set a bot", form.property() + ": " + before + " -> " + form.value()),
            Notice.success("console.settings.bot.saved", form.name()));
    }

    private Answer deleteBot(Visit visit) {
        BotRow row = BotRow.of(visit.text("bot")).orElse(null);
        if (row == null) {
            return new Answer.Refused(show(visit));
        }
        JiveGlobals.deleteProperty(BotProperties.BOT + row.name());
        return done(new Change("deleted a bot", BotProperties.BOT + row.name() + ": " + row.setting()),
            Notice.success("console.settings.bot.deleted", row.name()));
    }

    private static Answer done(Change change, Notice notice) {
        return new Answer.Done(Optional.of(change), notice, LOCATION);
    }
}
