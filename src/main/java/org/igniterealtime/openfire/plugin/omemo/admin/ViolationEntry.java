package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.policy.FindingCode;
import org.igniterealtime.openfire.plugin.omemo.stats.ViolationRow;

/**
 * A violation as the page shows it; nothing in it is of the message.
 *
 * @param room empty for those that found no line of their own
 * @param sender empty if nothing is kept about persons
 * @param code of the finding; empty for one that a later version of the plugin has found
 * @param about the finding in a sentence; empty likewise
 * @param action such as {@code refused}
 * @param done the action in the console's language
 */
public record ViolationEntry(String room, String sender, int finding, String code, String about, String action, String done,
    String amount, String first, String last) {

    static ViolationEntry of(ViolationRow row) {
        String code = code(row.finding()).orElse("");
        return new ViolationEntry(row.room().orElse(""), row.sender().orElse(""), row.finding(), code,
            code.isEmpty() ? "" : Written.text("console.finding." + code), row.action().code(),
            Written.text("console.violations.action." + row.action().code()), Written.number(row.amount()),
            Written.time(row.first()), Written.time(row.last()));
    }

    /** The written form of a finding's number. */
    static Optional<String> code(int number) {
        return Arrays.stream(FindingCode.values()).filter(code -> code.number() == number).map(FindingCode::code).findFirst();
    }
}
