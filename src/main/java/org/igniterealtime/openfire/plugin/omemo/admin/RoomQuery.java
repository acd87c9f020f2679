package org.igniterealtime.openfire.plugin.omemo.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which rooms are asked for, and in which order.
 *
 * @param text that their addresses contain; may be empty
 * @param mode that they have; empty for any
 * @param sort {@code room} or {@code mode}
 */
public record RoomQuery(String text, String mode, String sort) {

    static final List<String> MODES = List.of("off", "observe", "warn", "enforce");

    static RoomQuery of(Visit visit) {
        String mode = visit.text("mode");
        return new RoomQuery(visit.text("text"), MODES.contains(mode) ? mode : "",
            "mode".equals(visit.text("sort")) ? "mode" : "room");
    }

    List<RoomEntry> answer(Stream<RoomEntry> rooms) {
        String wanted = text.toLowerCase(Locale.ROOT);
        Stream<RoomEntry> found = rooms.filter(room -> mode.isEmpty() || room.mode().equals(mode))
            .filter(room -> room.address().contains(wanted));
        // Strictest first; the rooms come by their addresses.
        return ("mode".equals(sort) ? found.sorted(Comparator.comparing((RoomEntry room) -> room.policy().mode()).reversed())
            : found).toList();
    }

    /** To go in front of another parameter in a link to the same rooms. */
    public String link() {
        return "text=" + encoded(text) + "&mode=" + mode + "&sort=" + sort + "&";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
