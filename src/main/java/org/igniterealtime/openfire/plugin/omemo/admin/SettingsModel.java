package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/** What the page of settings shows. */
public record SettingsModel(
    List<SettingsSection> sections, Excerpt<PolicyRow> policies, PolicyForm policy, List<BotRow> bots, BotForm bot) {

    /** What rooms can be in. */
    public List<String> modes() {
        return RoomQuery.MODES;
    }

    /** The families that there are, by their labels. */
    public List<String> labels() {
        return RoomForm.labels();
    }

    /** What bots can be. */
    public List<String> botKinds() {
        return BotForm.kinds();
    }

    /** The families that bots speak, by their labels. */
    public List<String> botFamilies() {
        return BotForm.spoken();
    }

    SettingsModel withSections(List<SettingsSection> typed) {
        return new SettingsModel(typed, policies, policy, bots, bot);
    }

    SettingsModel withPolicy(PolicyForm typed) {
        return new SettingsModel(sections, policies, typed, bots, bot);
    }

    SettingsModel withBot(BotForm typed) {
        return new SettingsModel(sections, policies, policy, bots, typed);
    }
}
