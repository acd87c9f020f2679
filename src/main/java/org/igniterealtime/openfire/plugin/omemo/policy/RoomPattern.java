package org.igniterealtime.openfire.plugin.omemo.policy;

/**
 * A pattern for bare room JIDs in which {@code *} stands for any run of characters and {@code ?} for one, such as
 * {@code secret-*@conference.example.org}.
 */
public record RoomPattern(String glob) {

    /** Matches in linear memory and at worst {@code glob × room} steps; there is nothing to backtrack into. */
    public boolean matches(String room) {
        int g = 0;
        int r = 0;
        int star = -1;
        int resume = 0;
        while (r < room.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = r;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == room.charAt(r))) {
                g++;
                r++;
            } else if (star >= 0) {
                g = star + 1;
                r = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
