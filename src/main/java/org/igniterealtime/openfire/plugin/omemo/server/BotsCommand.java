package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.BotHost;
import org.igniterealtime.openfire.plugin.omemo.bot.BotState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.StringUtils;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/** An ad-hoc command by which admins see how bots are, and decide about the keys that these have met. */
final class BotsCommand extends AdminCommand {

    static final String CODE = "urn:igniterealtime:openfire:omemo:0#bots";

    private static final String SHOW = "show";
    private static final String TRUST = "trust";
    private static final String DISTRUST = "distrust";

    /** Of each kind of line about a bot, if one is asked for, and among all. */
    private static final int MOST_LINES = 200;
    private static final int MOST_LINES_AMONG_ALL = 10;
    private static final int LONGEST_SETTING = 200;

    /** What fits into Openfire's table. */
    private static final int LONGEST_ADMIN = 64;

    private final BotService bots;

    BotsCommand(BotService bots) {
        this.bots = bots;
    }

    @Override
    public String getCode() {
        return CODE;
    }

    @Override
    protected String texts() {
        return "bots";
    }

    @Override
    protected List<String> actions() {
        return List.of(SHOW, TRUST, DISTRUST);
    }

    @Override
    protected void addFields(DataForm form) {
        form.addField("bot", text("bot"), FormField.Type.text_single);
        form.addField("account", text("account"), FormField.Type.jid_single);
        form.addField("fingerprint", text("fingerprint"), FormField.Type.text_single);
    }

    @Override
    protected void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command) {
        String bot = value(fields, "bot");
        if (action.equals(SHOW)) {
            show(bot, command);
        } else {
            decide(bot, fields, action.equals(TRUST) ? Trust.TRUSTED : Trust.DISTRUSTED, admin, command);
        }
    }

    private void decide(String bot, Map<String, List<String>> fields, Trust trust, JID admin, Element command) {
        Optional<BareJid> account = BareJid.of(value(fields, "account"));
        Optional<Fingerprint> fingerprint = fingerprint(value(fields, "fingerprint"));
        if (account.isEmpty()) {
            note(command, text("no-account"));
        } else if (fingerprint.isEmpty()) {
            note(command, text("no-fingerprint"));
        } else if (bots.host().filter(host -> host.decide(bot, account.get(), fingerprint.get(), trust)).isEmpty()) {
            note(command, text("no-bot"));
        } else {
            SecurityAuditManager.getInstance().logEvent(StringUtils.abbreviate(admin.toBareJID(), LONGEST_ADMIN),
                "OMEMO: decided about a key for a bot", bot + ": " + account.get() + " " + fingerprint.get() + " " + trust);
            show(bot, command);
        }
    }

    /** As people copy it: spaces and colons do not matter, nor do capitals. */
    private static Optional<Fingerprint> fingerprint(String text) {
        try {
            return Optional.of(Fingerprint.of(HexFormat.of().parseHex(text.replaceAll("[\\s:]", ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void show(String bot, Element command) {
        DataForm form = result();
        add(form, "domain", common("domain." + bots.domainState().name().toLowerCase(Locale.ROOT)));
        bots.host().map(BotHost::domain).ifPresent(name -> add(form, "address", name));
        List<BotState> states = bots.host().map(BotHost::states).orElse(List.of());
        List<BotState> shown = states.stream().filter(state -> bot.isEmpty() || state.name().equals(bot)).toList();
        if (shown.isEmpty() && !bot.isEmpty()) {
            note(command, text("no-bot"));
            return;
        }
        add(form, "number", Integer.toString(states.size()));
        Map<String, String> settings = bots.settings();
        shown.forEach(state -> {
            FormField lines = form.addField("bot-" + state.name(), state.name(), FormField.Type.text_multi);
            lines.addValue(StringUtils.abbreviate(settings.getOrDefault(state.name(), ""), LONGEST_SETTING));
            describe(state, lines, bot.isEmpty() ? MOST_LINES_AMONG_ALL : MOST_LINES);
        });
        command.add(form.getElement());
    }

    private void describe(BotState state, FormField lines, int most) {
        lines.addValue(text("status." + state.status().name().toLowerCase(Locale.ROOT))
            + (state.status() == BotState.Status.BROKEN ? ": " + state.detail() : ""));
        if (state.status() != BotState.Status.RUNNING) {
            return;
        }
        lines.addValue(text("read") + ": " + state.read() + ", " + text("unread") + ": " + state.unread() + ", "
            + text("dropped") + ": " + state.dropped());
        list(lines, state.rooms().entrySet(), most, state.rooms().entrySet().stream()
            .map(room -> text("room") + ": " + room.getKey() + ", " + text(room.getValue() ? "inside" : "outside")));
        list(lines, state.report(), most, state.report().stream());
        list(lines, state.undecided().entrySet(), most, state.undecided().entrySet().stream()
            .map(key -> text("undecided") + ": " + key.getKey() + " " + key.getValue()));
        list(lines, state.problems(), most, state.problems().stream()
            .map(problem -> text("problem") + ": " + problem.text() + " (" + problem.times() + ", " + problem.last() + ")"));
    }

    private static void list(FormField lines, Collection<?> all, int most, Stream<String> texts) {
        texts.limit(most).forEach(lines::addValue);
        if (all.size() > most) {
            lines.addValue("+ " + (all.size() - most));
        }
    }
}
