package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Locale;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.session.ClientSession;
import org.jivesoftware.util.JiveGlobals;
import org.xmpp.packet.JID;

/** The languages of those who are to read something. */
interface ReaderLanguages {

    /** What somebody's stream was opened with, else the server's own. */
    Locale of(JID reader);

    /** As Openfire's sessions tell. */
    static ReaderLanguages ofSessions(SessionManager sessions) {
        return reader -> {
            ClientSession session = reader == null ? null : sessions.getSession(reader);
            Locale ofStream = session == null ? null : session.getLanguage();
            return ofStream == null ? JiveGlobals.getLocale() : ofStream;
        };
    }
}
