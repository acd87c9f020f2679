package org.igniterealtime.openfire.plugin.omemo.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.HousekeepingTally;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyFinding;
import org.igniterealtime.openfire.plugin.omemo.keys.KeySurvey;
import org.igniterealtime.openfire.plugin.omemo.keys.Publication;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairPlan;
import org.igniterealtime.openfire.plugin.omemo.keys.RepairStep;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.StringUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Surveys the stored keys of one account and repairs them. A survey reads on the account's lane, but past what is
 * remembered: a bulk one would push out what others ask for.
 */
final class AccountRepair {

    private static final Logger LOG = LoggerFactory.getLogger(AccountRepair.class);
    /** What waits on a lane that is closed never comes to an end. */
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int LONGEST_ADMIN = 64;
    private static final int LONGEST_SUMMARY = 250;
    private static final int LONGEST_DETAILS = 4_000;

    private final KeyDirectory directory;
    private final PepNodes nodes;
    private final KeyCluster cluster;
    private final Function<BareJid, Map<Integer, Instant>> lastSeen;

    /** @param lastSeen when the devices of an account were last seen besides what they published; without those not observed */
    AccountRepair(KeyDirectory directory, PepNodes nodes, KeyCluster cluster,
                  Function<BareJid, Map<Integer, Instant>> lastSeen) {
        this.directory = directory;
        this.nodes = nodes;
        this.cluster = cluster;
        this.lastSeen = lastSeen;
    }

    /** What was found, and what is to be done about it. */
    private record Survey(List<KeyFinding> findings, List<RepairStep> steps) {
    }

    /** Returns when everything is stored. */
    void carryOut(RepairOrder order, BareJid owner, HousekeepingTally tally) {
        carryOut(order, owner, tally, LONGEST);
    }

    /** @param patience how long to wait for each step; what is under way then goes on */
    void carryOut(RepairOrder order, BareJid owner, HousekeepingTally tally, Duration patience) {
        try {
            Survey survey = await(directory.ask(owner, () -> survey(order, owner)), patience);
            tally.found(owner, survey.findings());
            if (order.dry()) {
                tally.changed(owner, survey.steps());
            } else if (!survey.steps().isEmpty()) {
                await(directory.change(owner, () -> cluster.announced(owner, () -> repair(order, owner, tally))), patience);
            }
        } catch (CompletionException e) {
            LOG.warn("The stored keys of {} could not be seen to: {}", owner, e.getCause().toString());
            tally.failed();
        }
    }

    private static <T> T await(CompletableFuture<T> result, Duration patience) {
        return result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private Survey survey(RepairOrder order, BareJid owner) {
        AccountKeys keys = nodes.read(owner);
        if (keys.nodes().isEmpty()) {
            return new Survey(List.of(), List.of());
        }
        int mostItems = KeySettings.mostItems();
        Map<Integer, Instant> seen = lastSeen.apply(owner);
        List<KeyFinding> findings = new KeySurvey(mostItems, KeySettings.surveyLimits(),
            (account, device) -> Optional.ofNullable(seen.get(device)))
            .of(owner, keys, nodes.times(owner), Instant.now());
        return new Survey(findings, new RepairPlan(mostItems, order.options()).steps(keys, findings));
    }

    /** The plan is made anew, since the account may have changed meanwhile; from now on it cannot. */
    private Void repair(RepairOrder order, BareJid owner, HousekeepingTally tally) {
        List<RepairStep> done = new ArrayList<>();
        try {
            for (RepairStep step : survey(order, owner).steps()) {
                take(owner, step);
                done.add(step);
            }
        } finally {
            if (!done.isEmpty()) {
                tally.changed(owner, done);
                leaveTrace(order.admin(), "repaired the stored keys of " + owner, done);
            }
        }
        return null;
    }

    /** What would be done to remove a device, from the list and with its bundle. */
    List<RepairStep> removal(BareJid owner, Family family, int device, Duration patience) {
        return await(directory.ask(owner, () -> RepairPlan.removal(family, device, nodes.read(owner))), patience);
    }

    /** Removes a device; returns what was done, when it is stored. */
    List<RepairStep> remove(BareJid owner, Family family, int device, String admin, Duration patience) {
        return await(directory.change(owner, () -> cluster.announced(owner, () -> {
            List<RepairStep> done = new ArrayList<>();
            try {
                for (RepairStep step : RepairPlan.removal(family, device, nodes.read(owner))) {
                    take(owner, step);
                    done.add(step);
                }
            } finally {
                if (!done.isEmpty()) {
                    leaveTrace(admin, "removed device " + device + " of " + owner, done);
                }
            }
            return done;
        })), patience);
    }

    private void take(BareJid owner, RepairStep step) {
        if (step instanceof RepairStep.Configure configure) {
            nodes.configure(owner, configure.node(), configure.fields());
        } else if (step instanceof RepairStep.PublishList publish) {
            Element item = DocumentHelper.createElement("item").addAttribute("id", Publication.CURRENT);
            item.add(publish.list().toElement());
            nodes.publish(new JID(owner.toString()), owner, publish.node(), List.of(item));
        } else if (step instanceof RepairStep.Retract retract) {
            nodes.retract(owner, retract.node(), retract.items());
        } else if (step instanceof RepairStep.Delete delete) {
            nodes.delete(owner, delete.node());
        }
    }

    private static void leaveTrace(String admin, String summary, List<RepairStep> done) {
        String details = done.stream().map(step -> step.node() + ": " + step.description())
            .collect(Collectors.joining("\n"));
        SecurityAuditManager.getInstance().logEvent(StringUtils.abbreviate(admin, LONGEST_ADMIN),
            StringUtils.abbreviate("OMEMO: " + summary, LONGEST_SUMMARY), StringUtils.abbreviate(details, LONGEST_DETAILS));
    }
}
