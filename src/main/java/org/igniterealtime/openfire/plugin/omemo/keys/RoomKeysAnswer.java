package org.igniterealtime.openfire.plugin.omemo.keys;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * One page of the keys of a room's members, filled account by account until it is full: device lists and the bundles of
 * the devices on them, in the order of the members' addresses.
 *
 * <p>It never holds half an account. An account that is too large for any page is mentioned without its keys.
 */
public final class RoomKeysAnswer {

    /** How much a page may hold, in characters. Keys are ASCII. */
    static final int MOST_CHARACTERS = 512 * 1024;

    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    private final RoomKeysRequest request;
    private final int members;
    private final int first;
    private final List<BareJid> due;
    private final StringBuilder accounts = new StringBuilder(4096);
    private int told;

    /** @param members everybody whom the asker may see in the room */
    public RoomKeysAnswer(RoomKeysRequest request, Collection<BareJid> members) {
        this.request = request;
        List<BareJid> sorted = List.copyOf(new TreeSet<>(members));
        this.members = sorted.size();
        int found = request.after().map(after -> Collections.binarySearch(sorted, after)).orElse(-1);
        first = found >= 0 ? found + 1 : -found - 1;
        due = sorted.subList(first, Math.min(sorted.size(), first + request.most()));
    }

    /** The accounts of which this page may tell, in this order. */
    public List<BareJid> due() {
        return due;
    }

    /**
     * Tells the keys of the next account that is {@link #due()}.
     *
     * @param mayRead which of its nodes the asker may read
     * @return false if the page is full; then this account begins the next one
     */
    public boolean tell(AccountKeys keys, Predicate<PublishedNode> mayRead) {
        StringBuilder account = new StringBuilder(1024);
        for (Family family : request.families().stream().sorted().toList()) {
            if (!append(account, family, keys, mayRead)) {
                return leaveOut("size");
            }
        }
        String jid = XmlText.attribute(due.get(told).toString());
        boolean added = add(account.isEmpty() ? "<account jid=\"" + jid + "\"/>"
            : "<account jid=\"" + jid + "\">" + account + "</account>");
        // A page without accounts would be taken for the last one.
        return added || told == 0 && leaveOut("size");
    }

    /**
     * Mentions the next account that is {@link #due()}, which is none of this server: only its own one knows its keys.
     *
     * @return false if the page is full; then this account begins the next one
     */
    public boolean tellRemote() {
        return leaveOut("remote");
    }

    private boolean leaveOut(String reason) {
        return add("<account jid=\"" + XmlText.attribute(due.get(told).toString()) + "\" omitted=\"" + reason + "\"/>");
    }

    private boolean add(String account) {
        if (accounts.length() + account.length() > MOST_CHARACTERS) {
            return false;
        }
        accounts.append(account);
        told++;
        return true;
    }

    /** @return false if that is too much */
    private static boolean append(StringBuilder account, Family family, AccountKeys keys,
                                  Predicate<PublishedNode> mayRead) {
        Optional<PublishedNode> list = keys.node(family.deviceListNode()).filter(mayRead)
            .filter(node -> !node.items().isEmpty());
        if (list.isEmpty()) {
            return true;
        }
        Map.Entry<String, String> newest = list.get().items().entrySet().iterator().next();
        if (!append(account, family.deviceListNode(), List.of(newest))) {
            return false;
        }
        Set<Integer> devices = PublishedDevices.ofList(newest.getValue());
        if (family == Family.LEGACY) {
            for (int device : devices) {
                String name = family.bundleNode(device);
                Optional<Map.Entry<String, String>> bundle = keys.node(name).filter(mayRead)
                    .flatMap(node -> node.items().entrySet().stream().findFirst());
                if (bundle.isPresent() && !append(account, name, List.of(bundle.get()))) {
                    return false;
                }
            }
            return true;
        }
        // The node is the same for every device of the other families.
        String name = family.bundleNode(1);
        List<Map.Entry<String, String>> bundles = keys.node(name).filter(mayRead).stream()
            .flatMap(node -> node.items().entrySet().stream())
            .filter(item -> Publication.isDeviceId(item.getKey()) && devices.contains(Integer.valueOf(item.getKey())))
            .toList();
        return bundles.isEmpty() || append(account, name, bundles);
    }

    private static boolean append(StringBuilder account, String node, List<Map.Entry<String, String>> items) {
        account.append("<items xmlns=\"").append(PUBSUB).append("\" node=\"").append(node).append("\">");
        for (Map.Entry<String, String> item : items) {
            if (account.length() + item.getValue().length() > MOST_CHARACTERS) {
                return false;
            }
            KeyRequest.append(account, item.getKey(), item.getValue());
        }
        account.append("</items>");
        return true;
    }

    /** The answer, {@code <keys/>}, in the form in which it goes to the wire. */
    public String toXml() {
        StringBuilder xml = new StringBuilder(accounts.length() + 512)
            .append('<').append(RoomKeysRequest.ELEMENT).append(" xmlns=\"").append(RoomKeysRequest.NAMESPACE).append("\">")
            .append(accounts).append("<set xmlns=\"").append(RoomKeysRequest.PAGES).append("\">");
        if (told > 0) {
            xml.append("<first index=\"").append(first).append("\">").append(XmlText.attribute(due.get(0).toString()))
                .append("</first><last>").append(XmlText.attribute(due.get(told - 1).toString())).append("</last>");
        }
        return xml.append("<count>").append(members).append("</count></set></").append(RoomKeysRequest.ELEMENT).append('>')
            .toString();
    }
}
