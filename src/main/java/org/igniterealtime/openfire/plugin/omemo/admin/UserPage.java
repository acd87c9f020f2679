package org.igniterealtime.openfire.plugin.omemo.admin;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.DeviceKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingReport;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairOptions;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.KeyDesk;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices, nodes and identity keys of one account, which can be repaired; a device can be removed. */
public abstract class UserPage extends Page {

    private static final Logger LOG = LoggerFactory.getLogger(UserPage.class);
    private static final Duration LONGEST_READING = Duration.ofSeconds(10);
    private static final int MOST_DEVICES = 1_000;

    @Override
    protected UserModel show(Visit visit) {
        String typed = visit.text("account");
        Optional<BareJid> account = account(visit);
        if (account.isEmpty()) {
            return new UserModel(typed, typed.isEmpty() ? null : Problem.of("account"), null, true);
        }
        try {
            return new UserModel(account.get().toString(), null, keys(account.get(), visit), true);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The keys of {} cannot be shown now: {}", account.get(), e.toString());
            return new UserModel(account.get().toString(), null, null, false);
        }
    }

    private static Optional<BareJid> account(Visit visit) {
        return BareJid.of(visit.text("account")).filter(jid -> jid.local().isPresent());
    }

    private static UserKeys keys(BareJid account, Visit visit) throws IOException {
        KeyDesk desk = Console.running().keys();
        AccountKeys published = desk.read(account).orTimeout(LONGEST_READING.toSeconds(), TimeUnit.SECONDS).join();
        RepairOptions options = new RepairOptions(visit.has("open-closed"), visit.has("remove-dead"));
        HousekeepingReport survey = desk.survey(account, options);
        List<IdentityEntry> log = desk.identities().of(account.toString()).stream().map(IdentityEntry::of).toList();
        return new UserKeys(log.stream().filter(entry -> !entry.changed().isEmpty()).toList(),
            Excerpt.of(devices(desk, account, published), visit.number("page")), UserKeys.nodes(published),
            UserKeys.findings(survey), log, offer(desk, account, visit, survey, options));
    }

    private static List<DeviceEntry> devices(KeyDesk desk, BareJid account, AccountKeys published) throws IOException {
        Map<String, DeviceRow> noticed = new TreeMap<>();
        DeviceFilter filter = new DeviceFilter(Optional.of(account.toString()), Optional.empty(), Optional.empty(),
            OptionalInt.empty(), Optional.empty(), Optional.empty());
        desk.devices().page(filter, Instant.now(), Optional.empty(), MOST_DEVICES).rows()
            .forEach(row -> noticed.put(row.family() + ' ' + row.deviceId(), row));
        List<DeviceEntry> devices = new ArrayList<>();
        for (DeviceKeys device : DeviceKeys.of(published)) {
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
        Optional<Family> family = Family.ofLabel(visit.text("family"));
        boolean isRemoval = visit.text("action").equals("remove") && family.isPresent() && device(visit) > 0;
        if (account.isEmpty() || !isRemoval && !visit.text("action").equals("repair")) {
            return new Answer.Refused(show(visit));
        }
        Notice notice;
        try {
            notice = isRemoval ? remove(account.get(), family.get(), visit) : repair(account.get(), visit);
        } catch (RuntimeException e) {
            LOG.warn("The keys of {} could not be changed: {}", account.get(), e.toString());
            notice = Notice.failure("console.user.failed");
        }
        // Whoever changes the keys leaves the entry in the audit log, with what was really changed.
        return new Answer.Done(Optional.empty(), notice,
            "omemo-user.jsp?account=" + URLEncoder.encode(account.get().toString(), StandardCharsets.UTF_8));
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
