package org.igniterealtime.openfire.plugin.omemo.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which rooms are asked for, and in which order.
 *
 * @param text that their addresses contain; may be empty
 * @param mode that they have; empty for any
 * @param sort {@code room}, {@code mode} or {@code violation}
 */
public record RoomQuery(String text, String mode, String sort) {

    static final List<String> MODES = List.of("off", "observe", "warn", "enforce");
    private static final List<String> SORTS = List.of("room", "mode", "violation");

    static RoomQuery of(Visit visit) {
        String mode = visit.text("mode");
        return new RoomQuery(visit.text("text"), MODES.contains(mode) ? mode : "",
            SORTS.contains(visit.text("sort")) ? visit.text("sort") : SORTS.get(0));
    }

    boolean isByViolation() {
        return sort.equals("violation");
    }

    /** Those to choose from. */
    public List<String> sorts() {
        return SORTS;
    }

    /** @param last when a violation occurred last in them, where they are sorted by that */
    List<RoomEntry> answer(Stream<RoomEntry> rooms, Map<String, Instant> last) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Stream<RoomEntry> found = rooms.filter(room -> mode.isEmpty() || room.mode().equals(mode))
            .filter(room -> room.address().contains(wanted));
        // The rooms come by their addresses, and stay so where the order leaves it open.
        return switch (sort) {
            case "mode" -> found.sorted(Comparator.comparing((RoomEntry room) -> room.policy().mode()).reversed()).toList();
            case "violation" -> found.sorted(Comparator.comparing(
                (RoomEntry room) -> last.getOrDefault(room.address(), Instant.MIN)).reversed()).toList();
            default -> found.toList();
        };
    }

    /** To go in front of another parameter in a link to the same rooms. */
    public String link() {
        return "text=" + encoded(text) + "&mode=" + mode + "&sort=" + sort + "&";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
