package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/** What the page of settings shows. */
public record SettingsModel(
    List<PlainField> fields, Excerpt<PolicyRow> policies, PolicyForm policy, List<BotRow> bots, BotForm bot) {

    /** What bots can be. */
    public List<String> botKinds() {
        return BotForm.kinds();
    }

    /** The families that bots speak, by their labels. */
    public List<String> botFamilies() {
        return BotForm.spoken();
    }

    SettingsModel withFields(List<PlainField> typed) {
        return new SettingsModel(typed, policies, policy, bots, bot);
    }

    SettingsModel withPolicy(PolicyForm typed) {
        return new SettingsModel(fields, policies, typed, bots, bot);
    }

    SettingsModel withBot(BotForm typed) {
        return new SettingsModel(fields, policies, policy, bots, typed);
    }
}
