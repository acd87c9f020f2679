package org.igniterealtime.openfire.plugin.omemo.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code policy/owner-forms.txt}.
 *
 * @param finding the code of what is found; empty if it may pass
 * @param children of the IQ
 */
public record OwnerFormRow(Optional<String> finding, String children) {

    /** All of them. */
    public static List<OwnerFormRow> all() throws IOException {
        try (var in = OwnerFormRow.class.getResourceAsStream("/policy/owner-forms.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).map(OwnerFormRow::of).toList();
        }
    }

    private static OwnerFormRow of(String line) {
        int bar = line.indexOf('|');
        String finding = line.substring(0, bar).strip();
        String children = line.substring(bar + 1).strip()
            .replaceAll("(?<![A-Za-z#'/])Q ", "<query xmlns='http://jabber.org/protocol/muc#owner'>")
            .replaceAll("(?<![A-Za-z#'/])X ", "<x xmlns='jabber:x:data' type='submit'>")
            .replaceAll("(?<![A-Za-z#'/])M ", "<field var='muc#roomconfig_membersonly'>")
            .replaceAll("(?<![A-Za-z#'/])W ", "<field var='muc#roomconfig_whois'>");
        return new OwnerFormRow(Optional.of(finding).filter(code -> !code.equals("pass")), children);
    }

    @Override
    public String toString() {
        return finding.orElse("pass") + " | " + children;
    }
}
