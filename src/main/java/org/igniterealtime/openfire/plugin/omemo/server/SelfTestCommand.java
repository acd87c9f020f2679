package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Result;
import org.igniterealtime.openfire.plugin.omemo.bot.SelfTestReport.Verdict;
import org.xmpp.forms.DataForm;
import org.xmpp.forms.FormField;
import org.xmpp.packet.JID;

/**
 * The self-test as an ad-hoc command for admins. It goes on in the background: what takes longer than a moment is asked for
 * again, by the same command.
 */
final class SelfTestCommand extends AdminCommand {

    static final String CODE = "urn:igniterealtime:openfire:omemo:0#self-test";

    /** A thread of the network waits for so long. */
    private static final Duration MOMENT = Duration.ofSeconds(6);
    private static final String RUN = "run";
    private static final String LAST = "last";

    private final SelfTestRuns runs;
    private final Supplier<BotDomain.State> domain;

    SelfTestCommand(SelfTestRuns runs, Supplier<BotDomain.State> domain) {
        this.runs = runs;
        this.domain = domain;
    }

    @Override
    public String getCode() {
        return CODE;
    }

    @Override
    protected String texts() {
        return "selftest";
    }

    @Override
    protected List<String> actions() {
        return List.of(RUN, LAST);
    }

    @Override
    protected void addFields(DataForm form) {
        // There is nothing to choose.
    }

    @Override
    protected void carryOut(String action, Map<String, List<String>> fields, JID admin, Element command) {
        Optional<SelfTestRun> run = action.equals(RUN) ? Optional.of(runs.begin()) : runs.last();
        if (run.isEmpty()) {
            note(command, text("nothing-yet"));
        } else if (run.get().state() == SelfTestRun.State.NO_BOTS) {
            note(command, common("domain." + domain.get().name().toLowerCase(Locale.ROOT)));
        } else {
            run.get().await(MOMENT);
            command.add(show(run.get()).getElement());
        }
    }

    private DataForm show(SelfTestRun run) {
        DataForm form = result();
        add(form, "state", text("state." + run.state().name().toLowerCase(Locale.ROOT)));
        add(form, "began", run.began().toString());
        run.duration().ifPresent(time -> add(form, "duration", time.toMillis() + " ms"));
        add(form, "passed", Long.toString(run.count(Verdict.PASSED)));
        add(form, "failed", Long.toString(run.count(Verdict.FAILED)));
        add(form, "not-tested", Long.toString(run.count(Verdict.NOT_TESTED)));
        FormField steps = form.addField("steps", text("steps"), FormField.Type.text_multi);
        run.steps().forEach(result -> add(steps, result));
        return form;
    }

    private void add(FormField steps, Result result) {
        String code = result.step().code();
        steps.addValue(code + ": " + text("verdict." + result.verdict().name().toLowerCase(Locale.ROOT)) + ", "
            + result.duration().toMillis() + " ms - " + text(code + ".name"));
        if (!result.seen().isEmpty()) {
            steps.addValue("    " + text("seen") + ": " + result.seen());
        }
        if (result.verdict() == Verdict.FAILED) {
            steps.addValue("    " + text("advice") + ": " + text(code + ".advice"));
        }
    }
}
