package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.bot.BotHost;
import org.igniterealtime.openfire.plugin.omemo.bot.BotState;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.server.BotService;
import org.igniterealtime.openfire.plugin.omemo.server.SelfTestRun;
import org.igniterealtime.openfire.plugin.omemo.server.SelfTestRuns;
import org.igniterealtime.openfire.plugin.omemo.stats.SelfTestRecord;
import org.jivesoftware.util.JiveGlobals;

/** The self-test, to be run and followed, and the bots, to be looked after. */
public abstract class SelfTestPage extends Page {

    private static final String LOCATION = "omemo-selftest.jsp";

    @Override
    protected SelfTestModel show(Visit visit) {
        BotService bots = Console.running().bots();
        List<SelfTestRow> history = history(visit);
        SelfTestRow run = history.stream().filter(row -> row.id().equals(visit.text("run"))).findFirst()
            .orElse(history.isEmpty() ? null : history.get(0));
        List<BotState> states = LivingBot.states(bots);
        return new SelfTestModel(bots.domainState().name().toLowerCase(Locale.ROOT),
            bots.host().map(BotHost::domain).orElse(""), run, history, LivingBot.all(states),
            Excerpt.of(WaitingKey.all(states), visit.number("page")),
            states.stream().filter(state -> state.name().equals(visit.text("bot"))).findFirst().map(BotDetails::of)
                .orElse(null));
    }

    /** Those since the start, and those that were kept before. */
    static List<SelfTestRow> history(Visit visit) {
        Console console = Console.running();
        Map<String, SelfTestRow> history = new LinkedHashMap<>();
        console.bots().selfTests().all().stream().map(SelfTestRow::of).forEach(row -> history.put(row.id(), row));
        visit.reading().of("selftests", List.<SelfTestRecord>of(), () -> console.selfTests().latest(SelfTestRuns.MOST_KEPT))
            .stream().map(SelfTestRow::of).forEach(row -> history.putIfAbsent(row.id(), row));
        return history.values().stream().limit(SelfTestRuns.MOST_KEPT).toList();
    }

    @Override
    protected boolean isOfOneNode() {
        return true;
    }

    @Override
    protected Answer change(Visit visit) {
        return switch (visit.text("action")) {
            case "run" -> run(visit);
            case "pause" -> pause(visit, true);
            case "start" -> pause(visit, false);
            case "trust" -> decide(visit, Trust.TRUSTED);
            case "distrust" -> decide(visit, Trust.DISTRUSTED);
            default -> new Answer.Refused(show(visit));
        };
    }

    private Answer run(Visit visit) {
        SelfTestRun run = Console.running().bots().selfTests().begin();
        if (run.state() == SelfTestRun.State.NO_BOTS) {
            return new Answer.Refused(show(visit));
        }
        return done(new Change("ran the self-test", ""), Notice.success("console.selftest.begun"));
    }

    private Answer pause(Visit visit, boolean paused) {
        BotForm form = BotRow.of(visit.text("bot")).map(BotRow::form).orElse(null);
        if (form == null) {
            return new Answer.Refused(show(visit));
        }
        BotForm wanted = form.withPaused(paused);
        JiveGlobals.setProperty(wanted.property(), wanted.value());
        return done(new Change(paused ? "paused a bot" : "started a bot",
                wanted.property() + ": " + form.value() + " -> " + wanted.value()),
            Notice.success(paused ? "console.bots.paused" : "console.bots.started", wanted.name()));
    }

    private Answer decide(Visit visit, Trust trust) {
        Optional<BareJid> account = BareJid.of(visit.text("account"));
        Optional<Fingerprint> fingerprint = fingerprint(visit.text("fingerprint"));
        Optional<BotHost> host = Console.running().bots().host();
        String bot = visit.text("bot");
        if (account.isEmpty() || fingerprint.isEmpty()
                || host.filter(here -> here.decide(bot, account.get(), fingerprint.get(), trust)).isEmpty()) {
            return new Answer.Refused(show(visit));
        }
        return done(new Change("decided about a key for a bot",
                bot + ": " + account.get() + " " + fingerprint.get() + " " + trust),
            Notice.success(trust == Trust.TRUSTED ? "console.bots.trusted" : "console.bots.distrusted",
                bot, account.get().toString()));
    }

    private static Optional<Fingerprint> fingerprint(String text) {
        try {
            return Optional.of(Fingerprint.of(HexFormat.of().parseHex(text.replace(" ", ""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Answer done(Change change, Notice notice) {
        return new Answer.Done(Optional.of(change), notice, LOCATION);
    }
}
