package org.igniterealtime.openfire.plugin.omemo.policy;

/**
 * How far the header of an {@code <encrypted>} is held against what the server knows (POLICY.md, "The truth of the
 * header").
 *
 * @param senderDevice     whether {@code sid} is on the sender's device list
 * @param recipients       whether all who are named belong to the room
 * @param recipientDevices whether every {@code rid} is on its owner's device list
 * @param counterfeit      whether keys and payload have at least the outer form of ciphertext
 * @param coverage         whether every active device in the room gets a key
 * @param mayMiss          what may be left out before it counts
 */
public record Checks(Check senderDevice, Check recipients, Check recipientDevices, Check counterfeit, Check coverage,
                     Tolerance mayMiss) {

    /** What holds where nothing is said: everything is counted, nothing is refused for it. */
    public static final Checks USUAL = new Checks(
        Check.OBSERVE, Check.OBSERVE, Check.OBSERVE, Check.OBSERVE, Check.OBSERVE, Tolerance.NONE);

    Checks withSenderDevice(Check other) {
        return new Checks(other, recipients, recipientDevices, counterfeit, coverage, mayMiss);
    }

    Checks withRecipients(Check other) {
        return new Checks(senderDevice, other, recipientDevices, counterfeit, coverage, mayMiss);
    }

    Checks withRecipientDevices(Check other) {
        return new Checks(senderDevice, recipients, other, counterfeit, coverage, mayMiss);
    }

    Checks withCounterfeit(Check other) {
        return new Checks(senderDevice, recipients, recipientDevices, other, coverage, mayMiss);
    }

    Checks withCoverage(Check other) {
        return new Checks(senderDevice, recipients, recipientDevices, counterfeit, other, mayMiss);
    }

    Checks withMayMiss(Tolerance other) {
        return new Checks(senderDevice, recipients, recipientDevices, counterfeit, coverage, other);
    }
}
