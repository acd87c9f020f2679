package org.igniterealtime.openfire.plugin.omemo.admin;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceFilter;
import org.igniterealtime.openfire.plugin.omemo.stats.DeviceState;

/**
 * Which devices are looked for, as typed; empty means any.
 *
 * @param account how the account's address begins
 * @param label what the device's label has in it
 * @param problems what is wrong, by field
 */
public record DeviceSearch(String account, String device, String label, String family, String state,
    Map<String, Problem> problems) {

    private static final int LONGEST = 255;

    static DeviceSearch of(Visit visit) {
        DeviceSearch search = new DeviceSearch(visit.text("account"), visit.text("device"), visit.text("label"),
            visit.text("family"), visit.text("state"), new HashMap<>());
        if (!search.device.isEmpty() && search.id().isEmpty()) {
            search.problems.put("device", Problem.of("device"));
        }
        if (search.account.length() > LONGEST || search.label.length() > LONGEST) {
            search.problems.put(search.account.length() > LONGEST ? "account" : "label", Problem.of("longest", LONGEST));
        }
        return search;
    }

    private OptionalInt id() {
        return device.matches("[1-9][0-9]{0,9}") && Long.parseLong(device) <= Integer.MAX_VALUE
            ? OptionalInt.of(Integer.parseInt(device)) : OptionalInt.empty();
    }

    DeviceFilter filter() {
        return new DeviceFilter(Optional.empty(), text(Normalizer.normalize(account.toLowerCase(Locale.ROOT), Normalizer.Form.NFC)),
            text(label), id(), Family.ofLabel(family).map(Family::label),
            Arrays.stream(DeviceState.values()).filter(value -> code(value).equals(state)).findFirst());
    }

    private static Optional<String> text(String typed) {
        return typed.isEmpty() ? Optional.empty() : Optional.of(typed);
    }

    private static String code(DeviceState value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Those to choose from. */
    public List<String> families() {
        return Arrays.stream(Family.values()).map(Family::label).toList();
    }

    /** Those to choose from. */
    public List<String> states() {
        return Arrays.stream(DeviceState.values()).map(DeviceSearch::code).toList();
    }
}
