package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A room whose members' keys are asked for in one request, page by page (XEP-0059). */
record RoomKeys(Place place, String jid) {

    private static final String KEYS = "urn:igniterealtime:openfire:omemo:0";
    private static final String RSM = "http://jabber.org/protocol/rsm";
    private static final Pattern PAGE = Pattern.compile(
        "<first index=\"(\\d+)\">[^<]*</first><last>([^<]*)</last><count>(\\d+)</count>");
    private static final Pattern ACCOUNT = Pattern.compile("<account ");
    private static final Pattern LIST = Pattern.compile("<devices[ >]");
    private static final Pattern BUNDLE = Pattern.compile("<bundle[ >]");
    private static final int MOST_PAGES = 1_000;
    private static final int PAGE_SIZE = 50;

    /** What came: answers that were pages, device lists and bundles of 0.8+ in them. */
    record Answer(int pages, int lists, int bundles) {
    }

    static RoomKeys at(Place place) {
        return new RoomKeys(place, "load@conference." + place.domain());
    }

    /** Makes the room as its owner does: non-anonymous, for members only, and persistent. */
    void create(XmppSocket owner, List<Account> members) throws IOException {
        enter(owner);
        owner.request("set", jid, "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
            + Publisher.field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig")
            + Publisher.field("muc#roomconfig_membersonly", "1") + Publisher.field("muc#roomconfig_persistentroom", "1")
            + Publisher.field("muc#roomconfig_whois", "anyone") + "</x></query>");
        owner.request("set", jid, "<query xmlns='http://jabber.org/protocol/muc#admin'>" + members.stream()
            .map(member -> "<item affiliation='member' jid='" + place.jid(member.name()) + "'/>")
            .collect(Collectors.joining()) + "</query>");
    }

    void enter(XmppSocket client) throws IOException {
        client.send("<presence to='" + jid + "/load'><x xmlns='http://jabber.org/protocol/muc'/></presence>");
    }

    /** Whether the room says that it answers such requests. */
    boolean isOffered(XmppSocket client) throws IOException {
        return client.request("get", jid, "<query xmlns='http://jabber.org/protocol/disco#info'/>")
            .contains("var=\"" + KEYS + "#keys\"");
    }

    /** Asks for all pages. */
    Answer ask(XmppSocket client) throws IOException {
        int lists = 0;
        int bundles = 0;
        String after = "";
        for (int page = 1; page <= MOST_PAGES; page++) {
            String reply = client.request("get", jid, "<keys xmlns='" + KEYS + "'><family>urn:xmpp:omemo:2</family>"
                + "<set xmlns='" + RSM + "'><max>" + PAGE_SIZE + "</max>" + after + "</set></keys>");
            lists += count(LIST, reply);
            bundles += count(BUNDLE, reply);
            Matcher set = PAGE.matcher(reply);
            if (!set.find() || Integer.parseInt(set.group(1)) + count(ACCOUNT, reply) >= Integer.parseInt(set.group(3))) {
                return new Answer(page, lists, bundles);
            }
            after = "<after>" + set.group(2) + "</after>";
        }
        throw new IllegalStateException("More than " + MOST_PAGES + " pages");
    }

    private static int count(Pattern pattern, String text) {
        return (int) pattern.matcher(text).results().count();
    }
}
