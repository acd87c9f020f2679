package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.keys.Readiness;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;

/**
 * Somebody in a room.
 *
 * @param state {@link #READY}, {@link #PENDING}, {@link #REMOTE}, or why the account could not speak: {@code other-family},
 *     {@code broken}, {@code closed}, {@code no-device}
 * @param able the families in which it can be written to
 */
public record MemberRow(String account, String state, List<Family> able) {

    static final String READY = "ready";
    static final String PENDING = "pending";
    static final String REMOTE = "remote";

    private static final List<String> KNOWN_OR_NOT = List.of(PENDING, REMOTE, READY);

    static MemberRow of(BareJid account, Set<Family> accepted, RoomDirectory rooms) {
        if (!rooms.isLocal(account)) {
            return new MemberRow(account.toString(), REMOTE, List.of());
        }
        Optional<Readiness> readiness = rooms.readiness(account);
        if (readiness.isEmpty()) {
            return new MemberRow(account.toString(), PENDING, List.of());
        }
        List<Family> able = Arrays.stream(Family.values()).filter(readiness.get()::isAble).toList();
        return new MemberRow(account.toString(), state(readiness.get(), accepted, able), able);
    }

    private static String state(Readiness readiness, Set<Family> accepted, List<Family> able) {
        if (able.stream().anyMatch(accepted::contains)) {
            return READY;
        }
        return able.isEmpty() ? Words.of(readiness.in(accepted)) : "other-family";
    }

    /** Whether it is known that the account could not speak. */
    public boolean isUnable() {
        return rank() == 0;
    }

    /** Who could not comes first. */
    int rank() {
        return KNOWN_OR_NOT.indexOf(state) + 1;
    }

    /** The labels of the families in which it can be written to. */
    public List<String> families() {
        return able.stream().map(Family::label).toList();
    }
}
