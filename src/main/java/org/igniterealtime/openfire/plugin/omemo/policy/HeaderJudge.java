package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Base64Text;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedKey;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.KeyForm;
import org.igniterealtime.openfire.plugin.omemo.protocol.Recipient;

/**
 * Holds the headers of a message's accepted {@code <encrypted>} against what the server knows (POLICY.md, "The truth of
 * the header"). What nobody knows is never held against anybody.
 */
final class HeaderJudge {

    private static final String HEADER = "encrypted/header";

    private final Checks checks;
    private final Optional<BareJid> sender;
    private final Audience audience;
    private final Judgement judgement;
    private final List<Encrypted> accepted;
    private final boolean isForEverybody;

    /**
     * @param accepted in a stanza's order; at most one of each family
     * @param isForEverybody whether it goes to the room, and not to one occupant
     */
    HeaderJudge(Checks checks, String sender, Audience audience, Judgement judgement, List<Encrypted> accepted,
                boolean isForEverybody) {
        this.checks = checks;
        this.sender = BareJid.of(sender);
        this.audience = audience;
        this.judgement = judgement;
        this.accepted = accepted;
        this.isForEverybody = isForEverybody;
    }

    void judge() {
        for (Encrypted encrypted : accepted) {
            check(checks.counterfeit(), () -> counterfeit(encrypted));
            check(checks.senderDevice(), () -> senderDevice(encrypted));
            check(checks.recipients(), () -> recipients(encrypted));
            check(checks.recipientDevices(), () -> recipientDevices(encrypted));
        }
        check(checks.coverage(), this::coverage);
    }

    /** A failure of ours fails the message where the check is enforced, and costs an observation elsewhere. It is counted. */
    private void check(Check check, Supplier<Optional<Finding>> question) {
        switch (check) {
            case OFF -> { }
            case OBSERVE -> {
                try {
                    question.get().ifPresent(judgement::observe);
                } catch (RuntimeException e) {
                    // What cannot be looked up is not known: the sender has done nothing.
                    judgement.failed();
                }
            }
            case ENFORCE -> question.get().ifPresent(judgement::refuse);
        }
    }

    private static Optional<Finding> counterfeit(Encrypted encrypted) {
        if (encrypted.payload().isPresent() && !KeyForm.isPlausible(encrypted.payload().get())) {
            return Optional.of(Finding.of(FindingCode.COUNTERFEIT, "encrypted/payload"));
        }
        Base64Text before = null;
        for (int i = 0; i < encrypted.recipients().size(); i++) {
            Recipient recipient = encrypted.recipients().get(i);
            for (int j = 0; j < recipient.keys().size(); j++) {
                EncryptedKey key = recipient.keys().get(j);
                // No two ratchets write the same.
                if (!KeyForm.isPlausible(encrypted.family(), key) || key.data().equals(before)) {
                    return Optional.of(Finding.of(FindingCode.COUNTERFEIT, keyPath(recipient, i, j)));
                }
                before = key.data();
            }
        }
        return Optional.empty();
    }

    private static String keysPath(int recipient) {
        return HEADER + "/keys[" + (recipient + 1) + "]";
    }

    private static String keyPath(Recipient of, int recipient, int key) {
        return (of.jid().isPresent() ? keysPath(recipient) : HEADER) + "/key[" + (key + 1) + "]";
    }

    private Optional<Finding> senderDevice(Encrypted encrypted) {
        return sender.filter(account -> isUnlisted(account, encrypted.family(), encrypted.sid()))
            .map(account -> Finding.of(FindingCode.UNLISTED_SENDER_DEVICE, HEADER + "/@sid"));
    }

    private boolean isUnlisted(BareJid account, Family family, int device) {
        Optional<Set<Integer>> listed = audience.listed(account, family);
        return listed.isPresent() && !listed.get().contains(device) && !audience.wasListedLately(account, family, device);
    }

    private Optional<Finding> recipients(Encrypted encrypted) {
        if (encrypted.family() == Family.LEGACY) {
            return Optional.empty();
        }
        Optional<Set<BareJid>> members = audience.people();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < encrypted.recipients().size(); i++) {
            BareJid jid = encrypted.recipients().get(i).jid().orElseThrow();
            if (!members.get().contains(jid) && !sender.filter(jid::equals).isPresent()
                && audience.peopleNow().filter(people -> !people.contains(jid)).isPresent()) {
                return Optional.of(Finding.of(FindingCode.FOREIGN_RECIPIENT, keysPath(i) + "/@jid"));
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> recipientDevices(Encrypted encrypted) {
        if (encrypted.family() != Family.LEGACY) {
            return listedDevices(encrypted);
        }
        return legacyDevices(encrypted, audience.people()).isEmpty() ? Optional.empty()
            : legacyDevices(encrypted, audience.peopleNow());
    }

    private Optional<Finding> listedDevices(Encrypted encrypted) {
        Optional<Set<BareJid>> members = audience.people();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Set<BareJid> everybody = withSender(members.get());
        for (int i = 0; i < encrypted.recipients().size(); i++) {
            Recipient recipient = encrypted.recipients().get(i);
            BareJid jid = recipient.jid().orElseThrow();
            // Whose keys nobody in the room needs are not looked up: a header could name thousands.
            Optional<Set<Integer>> listed = everybody.contains(jid)
                ? audience.listed(jid, encrypted.family()) : Optional.empty();
            if (listed.isEmpty()) {
                continue;
            }
            for (int j = 0; j < recipient.keys().size(); j++) {
                int rid = recipient.keys().get(j).rid();
                if (!listed.get().contains(rid) && !audience.wasListedLately(jid, encrypted.family(), rid)) {
                    return Optional.of(Finding.of(
                        FindingCode.UNLISTED_RECIPIENT_DEVICE, keyPath(recipient, i, j) + "/@rid"));
                }
            }
        }
        return Optional.empty();
    }

    /** A legacy header does not say whose devices it names: they may be anybody's in the room. */
    private Optional<Finding> legacyDevices(Encrypted encrypted, Optional<Set<BareJid>> members) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Set<BareJid> everybody = withSender(members.get());
        Set<Integer> listed = new HashSet<>();
        for (BareJid account : everybody) {
            Optional<Set<Integer>> devices = audience.listed(account, Family.LEGACY);
            if (devices.isEmpty()) {
                // It may be a device of somebody whose devices nobody knows.
                return Optional.empty();
            }
            listed.addAll(devices.get());
        }
        Recipient recipient = encrypted.recipients().get(0);
        for (int i = 0; i < recipient.keys().size(); i++) {
            int rid = recipient.keys().get(i).rid();
            if (!listed.contains(rid)
                && everybody.stream().noneMatch(account -> audience.wasListedLately(account, Family.LEGACY, rid))) {
                return Optional.of(Finding.of(FindingCode.UNLISTED_RECIPIENT_DEVICE, keyPath(recipient, 0, i) + "/@rid"));
            }
        }
        return Optional.empty();
    }

    private Set<BareJid> withSender(Set<BareJid> members) {
        if (sender.isEmpty() || members.contains(sender.get())) {
            return members;
        }
        Set<BareJid> everybody = new HashSet<>(members);
        everybody.add(sender.get());
        return everybody;
    }

    private Optional<Finding> coverage() {
        // Without anything to read, such as a key transport for a single device, nobody misses anything.
        List<Encrypted> readable = accepted.stream().filter(encrypted -> encrypted.payload().isPresent()).toList();
        if (!isForEverybody || readable.isEmpty()) {
            return Optional.empty();
        }
        Audience.Shortfall missing = audience.leftOut(readable);
        int members = missing.members().size();
        if (!checks.mayMiss().isExceededBy(members, missing.devices())) {
            return Optional.empty();
        }
        int found = checks.mayMiss().of() == Tolerance.Unit.MEMBERS ? members : missing.devices();
        return Optional.of(Finding.exceeded(FindingCode.INCOMPLETE_COVERAGE, HEADER, found, checks.mayMiss().most())
            .about(missing.members()));
    }
}
