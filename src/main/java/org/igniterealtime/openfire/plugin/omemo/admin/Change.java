package org.igniterealtime.openfire.plugin.omemo.admin;

import org.jivesoftware.openfire.security.SecurityAuditManager;
import org.jivesoftware.util.StringUtils;

/**
 * Something that an admin has changed, as the server's security audit log tells it, in English.
 *
 * @param summary a line
 * @param details what was changed into what
 */
public record Change(String summary, String details) {

    /** In characters; some databases take no more. */
    private static final int LONGEST_ADMIN = 64;
    private static final int LONGEST_SUMMARY = 250;
    private static final int LONGEST_DETAILS = 4_000;

    void leaveTrace(String admin) {
        SecurityAuditManager.getInstance().logEvent(StringUtils.abbreviate(admin, LONGEST_ADMIN),
            StringUtils.abbreviate("OMEMO: " + summary, LONGEST_SUMMARY), StringUtils.abbreviate(details, LONGEST_DETAILS));
    }
}
