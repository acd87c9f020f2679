package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.stats.Acknowledgement;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityAlarm;
import org.igniterealtime.openfire.plugin.omemo.stats.IdentityRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices, nodes and identity keys of one account, which can be repaired; a device can be removed. */
public abstract class UserPage extends Page {

    private static final Logger LOG = LoggerFactory.getLogger(UserPage.class);
    private static final int MOST_DEVICES = 1_000;
    private static final int MOST_ALARMS = 100;

    @Override
    protected UserModel show(Visit visit) {
        String typed = visit.text("account");
        Optional<BareJid> account = account(visit);
        if (account.isEmpty()) {
            return new UserModel(typed, typed.isEmpty() ? null : Problem.of("account"), null, true);
        }
        UserKeys keys = keys(account.get(), visit);
        return new UserModel(account.get().toString(), null, keys, visit.reading().isComplete());
    }

    private static Optional<BareJid> account(Visit visit) {
        return BareJid.of(visit.text("account")).filter(jid -> jid.local().isPresent());
    }

    /** What was noticed is read first: Openfire does not say when it cannot read what is published. */
    private static UserKeys keys(BareJid account, Visit visit) {
        Reading reading = visit.reading();
        KeyDesk desk = Console.running().keys();
        List<IdentityRow> log = reading.of("identities", List.of(), () -> desk.identities().of(account.toString()));
        List<IdentityRow> alarms =
            reading.of("alarms", List.of(), () -> desk.identities().alarms(account.toString(), MOST_ALARMS));
        List<DeviceRow> noticed = reading.of("devices", List.of(), () -> noticed(desk, account));
        if (!reading.isComplete()) {
            return null;
        }
        AccountKeys published = reading.of("keys", null, () -> desk.read(account).join());
        RepairOptions options = new RepairOptions(visit.has("open-closed"), visit.has("remove-dead"));
        HousekeepingReport survey = reading.of("findings", null, () -> survey(desk, account, options));
        UserKeys.Offer offer = survey == null ? UserKeys.Offer.none()
            : reading.of("offer", UserKeys.Offer.none(), () -> offer(desk, account, visit, survey, options));
        return new UserKeys(alarms.stream().map(IdentityEntry::of).toList(),
            Excerpt.of(devices(account, noticed, published), visit.number("page")),
            published == null ? null : UserKeys.nodes(published), survey == null ? null : UserKeys.findings(survey),
            log.stream().map(IdentityEntry::of).toList(), offer);
    }

    private static HousekeepingReport survey(KeyDesk desk, BareJid account, RepairOptions options) throws IOException {
        HousekeepingReport report = desk.survey(account, options);
        if (report.failed() > 0) {
            throw new IOException("The account could not be surveyed; the log says why");
        }
        return report;
    }

    private static List<DeviceRow> noticed(KeyDesk desk, BareJid account) throws IOException {
        DeviceFilter filter = new DeviceFilter(Optional.of(account.toString()), Optional.empty(), Optional.empty(),
            OptionalInt.empty(), Optional.empty(), Optional.empty());
        return desk.devices().page(filter, Instant.now(), Optional.empty(), MOST_DEVICES).rows();
    }

    private static List<DeviceEntry> devices(BareJid account, List<DeviceRow> rows, AccountKeys published) {
        Map<String, DeviceRow> noticed = new TreeMap<>();
        rows.forEach(row -> noticed.put(row.family() + ' ' + row.deviceId(), row));
        List<DeviceEntry> devices = new ArrayList<>();
        for (DeviceKeys device : published == null ? List.<DeviceKeys>of() : DeviceKeys.of(published)) {
            devices.add(DeviceEntry.of(account.toString(),
                Optional.ofNullable(noticed.remove(device.family().label() + ' ' + device.id())), Optional.of(device)));
        }
        noticed.values().forEach(row -> devices.add(DeviceEntry.of(account.toString(), Optional.of(row), Optional.empty())));
        return devices;
    }

    private static UserKeys.Offer offer(KeyDesk desk, BareJid account, Visit visit, HousekeepingReport survey,
        RepairOptions options) {
        Optional<Family> family = Family.ofLabel(visit.text("family"));
        return switch (visit.text("look")) {
            case "repair" -> UserKeys.Offer.repair(survey.changes().stream()
                .map(step -> step.node() + ": " + step.description()).toList(), options);
            case "remove" -> family.isEmpty() || device(visit) == 0 ? UserKeys.Offer.none()
                : UserKeys.Offer.remove(lines(desk.removal(account, family.get(), device(visit))), family.get().label(),
                    Integer.toString(device(visit)));
            default -> UserKeys.Offer.none();
        };
    }

    private static int device(Visit visit) {
        String typed = visit.text("device");
        return typed.matches("[1-9][0-9]{0,9}") && Long.parseLong(typed) <= Integer.MAX_VALUE ? Integer.parseInt(typed) : 0;
    }

    private static List<String> lines(List<RepairStep> steps) {
        return steps.stream().map(step -> step.node() + ": " + step.description()).toList();
    }

    @Override
    protected Answer change(Visit visit) {
        Optional<BareJid> account = account(visit);
        if (account.isEmpty()) {
            return new Answer.Refused(show(visit));
        }
        return switch (visit.text("action")) {
            case "acknowledge" -> acknowledge(account.get(), visit);
            case "remove", "repair" -> order(account.get(), visit);
            default -> new Answer.Refused(show(visit));
        };
    }

    private Answer acknowledge(BareJid account, Visit visit) {
        List<IdentityAlarm> alarms = visit.texts("alarm").stream().map(named -> IdentityEntry.alarm(account, named))
            .flatMap(Optional::stream).toList();
        if (alarms.isEmpty()) {
            return new Answer.Refused(show(visit));
        }
        String admin = visit.admin();
        // The entry in the audit log belongs to what is done, also if the page should not wait for it.
        Optional<Integer> ended = visit.reading().of("alarms", Optional.empty(), () -> {
            List<IdentityAlarm> done =
                Console.running().keys().identities().acknowledge(alarms, new Acknowledgement(admin, Instant.now()));
            if (!done.isEmpty()) {
                new Change("acknowledged changed identity keys of " + account, done.stream().map(alarm -> "device "
                    + alarm.deviceId() + " (" + alarm.family() + ") " + alarm.fingerprint()).collect(Collectors.joining("\n")))
                    .leaveTrace(admin);
            }
            return Optional.of(done.size());
        });
        return new Answer.Done(Optional.empty(), ended.isEmpty() ? Notice.failure("console.user.failed")
            : ended.get() == 0 ? Notice.success("console.user.unchanged")
            : Notice.success("console.user.acknowledged", Written.number(ended.get())), location(account));
    }

    private static String location(BareJid account) {
        return "omemo-user.jsp?account=" + URLEncoder.encode(account.toString(), StandardCharsets.UTF_8);
    }

    private Answer order(BareJid account, Visit visit) {
        Optional<Family> family = Family.ofLabel(visit.text("family"));
        boolean isRemoval = visit.text("action").equals("remove");
        if (isRemoval && (family.isEmpty() || device(visit) == 0)) {
            return new Answer.Refused(show(visit));
        }
        Notice notice;
        try {
            notice = isRemoval ? remove(account, family.get(), visit) : repair(account, visit);
        } catch (RuntimeException e) {
            LOG.warn("The keys of {} could not be changed: {}", account, e.toString());
            notice = Notice.failure("console.user.failed");
        }
        // Whoever changes the keys leaves the entry in the audit log, with what was really changed.
        return new Answer.Done(Optional.empty(), notice, location(account));
    }

    private static Notice remove(BareJid account, Family family, Visit visit) {
        List<RepairStep> done = Console.running().keys().remove(account, family, device(visit), visit.admin());
        return done.isEmpty() ? Notice.success("console.user.unchanged")
            : Notice.success("console.user.removed", Integer.toString(device(visit)), account.toString());
    }

    private static Notice repair(BareJid account, Visit visit) {
        HousekeepingReport report = Console.running().keys().repair(account,
            new RepairOptions(visit.has("open-closed"), visit.has("remove-dead")), visit.admin());
        return report.failed() > 0 ? Notice.failure("console.user.failed")
            : report.steps() == 0 ? Notice.success("console.user.unchanged")
            : Notice.success("console.user.repaired", account.toString(), Written.number(report.steps()));
    }
}
