package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.junit.jupiter.api.Test;

class RoomKeysAnswerTest {

    private static final String LIST_1 = "<devices xmlns='urn:xmpp:omemo:1'><device id='1'/><device id='2'/></devices>";
    private static final NodeConfiguration OPEN = new NodeConfiguration("open", true, 100);

    @Test
    void tellsTheListsAndTheBundlesOfTheDevicesOnThem() throws Exception {
        Map<String, PublishedNode> nodes = Map.of(
            "urn:xmpp:omemo:1:devices", node(true, Map.of("current", LIST_1)),
            "urn:xmpp:omemo:1:bundles", node(true, Map.of("1", "<b i='1'/>", "2", "<b i='2'/>", "3", "<b i='3'/>", "x", "<b/>",
                "02147483648", "<b/>")),
            "eu.siacs.conversations.axolotl.devicelist", node(true, Map.of("current",
                "<list xmlns='eu.siacs.conversations.axolotl'><device id='7'/><device id='9'/></list>")),
            "eu.siacs.conversations.axolotl.bundles:7", node(true, Map.of("current", "<b i='7'/>")),
            "eu.siacs.conversations.axolotl.bundles:8", node(true, Map.of("current", "<b i='8'/>")));
        RoomKeysAnswer answer = new RoomKeysAnswer(page(20, null), List.of(jid("bob")));

        assertThat(answer.tell(AccountKeys.of(nodes), PublishedNode::everyoneMayRead)).isTrue();

        Element account = parse(answer).element("account");
        assertThat(account.attributeValue("jid")).isEqualTo("bob@example.org");
        assertThat(account.elements()).extracting(items -> items.attributeValue("node") + " " + items.elements().stream()
            .map(item -> item.attributeValue("id")).sorted().toList()).containsExactly(
                "eu.siacs.conversations.axolotl.devicelist [current]",
                "eu.siacs.conversations.axolotl.bundles:7 [current]",
                "urn:xmpp:omemo:1:devices [current]",
                "urn:xmpp:omemo:1:bundles [1, 2]");
        assertThat(account.elements()).allSatisfy(items -> {
            assertThat(items.getName()).isEqualTo("items");
            assertThat(items.getNamespaceURI()).isEqualTo("http://jabber.org/protocol/pubsub");
        });
    }

    @Test
    void tellsOnlyTheFamiliesThatWereAskedFor() throws Exception {
        Map<String, PublishedNode> nodes = Map.of("urn:xmpp:omemo:1:devices", node(true, Map.of("current", LIST_1)),
            "urn:xmpp:omemo:2:devices", node(true, Map.of("current", LIST_1.replace("omemo:1", "omemo:2"))));
        RoomKeysAnswer answer = new RoomKeysAnswer(
            new RoomKeysRequest(Set.of(Family.OMEMO_2), 20, Optional.empty()), List.of(jid("bob")));

        answer.tell(AccountKeys.of(nodes), PublishedNode::everyoneMayRead);

        assertThat(answer.toXml()).contains("urn:xmpp:omemo:2:devices").doesNotContain("urn:xmpp:omemo:1");
    }

    @Test
    void tellsNothingOfNodesThatTheAskerMayNotRead() throws Exception {
        Map<String, PublishedNode> closedBundles = Map.of(
            "urn:xmpp:omemo:1:devices", node(true, Map.of("current", LIST_1)),
            "urn:xmpp:omemo:1:bundles", node(false, Map.of("1", "<b/>")));
        Map<String, PublishedNode> closedList = Map.of(
            "urn:xmpp:omemo:1:devices", node(false, Map.of("current", LIST_1)),
            "urn:xmpp:omemo:1:bundles", node(true, Map.of("1", "<b/>")));
        RoomKeysAnswer answer = new RoomKeysAnswer(page(20, null), List.of(jid("a"), jid("b"), jid("c")));

        answer.tell(AccountKeys.of(closedBundles), PublishedNode::everyoneMayRead);
        answer.tell(AccountKeys.of(closedList), PublishedNode::everyoneMayRead);
        answer.tell(AccountKeys.of(closedList), node -> true);

        List<Element> accounts = parse(answer).elements("account");
        assertThat(accounts.get(0).elements()).extracting(items -> items.attributeValue("node"))
            .containsExactly("urn:xmpp:omemo:1:devices");
        assertThat(accounts.get(1).elements()).isEmpty();
        assertThat(accounts.get(2).elements()).hasSize(2);
    }

    @Test
    void aListThatIsMalformedIsToldWithoutBundles() throws Exception {
        Map<String, PublishedNode> nodes = Map.of(
            "urn:xmpp:omemo:1:devices", node(true, Map.of("current", LIST_1.replace("id='1'", "id='-1'"))),
            "urn:xmpp:omemo:1:bundles", node(true, Map.of("1", "<b/>", "2", "<b/>")));
        RoomKeysAnswer answer = new RoomKeysAnswer(page(20, null), List.of(jid("a")));

        answer.tell(AccountKeys.of(nodes), PublishedNode::everyoneMayRead);

        assertThat(parse(answer).element("account").elements()).extracting(items -> items.attributeValue("node"))
            .containsExactly("urn:xmpp:omemo:1:devices");
    }

    @Test
    void pagesLeadThroughAllMembersInTheOrderOfTheirAddresses() throws Exception {
        List<BareJid> members = members(60);
        Collections.shuffle(members);
        List<String> told = new ArrayList<>();
        String after = null;
        int pages = 0;
        while (pages++ < 10) {
            RoomKeysAnswer answer = new RoomKeysAnswer(page(25, after), members);
            answer.due().forEach(account -> answer.tell(AccountKeys.NONE, node -> true));
            Element set = parse(answer).element("set");
            assertThat(set.elementText("count")).isEqualTo("60");
            if (set.element("first") == null) {
                break;
            }
            assertThat(set.element("first").attributeValue("index")).isEqualTo(Integer.toString(told.size()));
            List<String> page = accounts(answer);
            assertThat(set.elementText("first")).isEqualTo(page.get(0));
            assertThat(set.elementText("last")).isEqualTo(page.get(page.size() - 1));
            told.addAll(page);
            after = set.elementText("last");
        }

        assertThat(pages).isEqualTo(4);
        assertThat(told).isSorted().hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void goesOnAfterAMemberThatIsGone() throws Exception {
        List<BareJid> members = members(10);
        BareJid gone = members.remove(4);

        RoomKeysAnswer answer = new RoomKeysAnswer(page(3, gone.toString()), members);

        assertThat(answer.due()).isEqualTo(members.subList(4, 7));
        assertThat(new RoomKeysAnswer(page(3, "zzz@example.org"), members).due()).isEmpty();
        assertThat(new RoomKeysAnswer(page(3, "0@0"), members).due()).isEqualTo(members.subList(0, 3));
    }

    @Test
    void tellsOnlyTheNumberOfMembersIfNothingElseIsWanted() throws Exception {
        RoomKeysAnswer answer = new RoomKeysAnswer(page(0, null), members(12));

        assertThat(answer.due()).isEmpty();
        assertThat(answer.toXml()).endsWith("<set xmlns=\"http://jabber.org/protocol/rsm\"><count>12</count></set></keys>");
    }

    @Test
    void aPageEndsEarlyWhenItIsFullAndCountsAllMembersAllTheSame() throws Exception {
        AccountKeys keys = keysOf(100 * 1024);
        RoomKeysAnswer answer = new RoomKeysAnswer(page(50, null), members(50));

        int told = 0;
        while (answer.tell(keys, node -> true)) {
            told++;
        }

        assertThat(told).isEqualTo(5);
        assertThat(answer.toXml().length()).isLessThan(RoomKeysAnswer.MOST_CHARACTERS + 1024);
        assertThat(accounts(answer)).hasSize(5);
        assertThat(parse(answer).element("set").elementText("count")).isEqualTo("50");
        assertThat(parse(answer).element("set").elementText("last")).isEqualTo(accounts(answer).get(4));
    }

    @Test
    void anAccountThatIsTooLargeForAnyPageIsMentionedWithoutItsKeys() throws Exception {
        RoomKeysAnswer answer = new RoomKeysAnswer(page(50, null), members(3));

        answer.tell(keysOf(RoomKeysAnswer.MOST_CHARACTERS), node -> true);
        answer.tell(keysOf(1000), node -> true);
        answer.tellRemote();

        List<Element> accounts = parse(answer).elements("account");
        assertThat(accounts).extracting(account -> account.attributeValue("omitted")).containsExactly("size", null, "remote");
        assertThat(accounts.get(0).elements()).isEmpty();
        assertThat(accounts.get(1).elements()).hasSize(2);
    }

    @Test
    void anItemWithoutPayloadHasNoDevicesAndHarmsNobody() throws Exception {
        AccountKeys keys = AccountKeys.of(Map.of("urn:xmpp:omemo:1:devices", node(true, Map.of("current", "")),
            "urn:xmpp:omemo:1:bundles", node(true, Map.of("1", ""))));
        RoomKeysAnswer answer = new RoomKeysAnswer(page(50, null), members(1));

        assertThat(answer.tell(keys, node -> true)).isTrue();

        assertThat(parse(answer).element("account").elements()).hasSize(1);
        assertThat(PublishedDevices.of(keys, "urn:xmpp:omemo:1:devices")).isEmpty();
    }

    @Test
    void noPageIsEmptyWhileAccountsAreLeftHoweverLargeTheyAre() {
        for (int less = 0; less < 600; less++) {
            RoomKeysAnswer answer = new RoomKeysAnswer(page(50, null), members(3));

            assertThat(answer.tell(keysOf(RoomKeysAnswer.MOST_CHARACTERS - less), node -> true)).isTrue();
            assertThat(answer.toXml()).contains("<last>member000@example.org</last>");
        }
    }

    private static AccountKeys keysOf(int characters) {
        return AccountKeys.of(Map.of("urn:xmpp:omemo:1:devices", node(true, Map.of("current", LIST_1)),
            "urn:xmpp:omemo:1:bundles", node(true, Map.of("1", "<b>" + "A".repeat(characters) + "</b>"))));
    }

    private static PublishedNode node(boolean everyoneMayRead, Map<String, String> items) {
        return new PublishedNode(OPEN, everyoneMayRead, new LinkedHashMap<>(items));
    }

    private static RoomKeysRequest page(int most, String after) {
        return new RoomKeysRequest(EnumSet.allOf(Family.class), most, Optional.ofNullable(after).flatMap(BareJid::of));
    }

    private static List<BareJid> members(int count) {
        List<BareJid> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(jid("member%03d".formatted(i)));
        }
        return members;
    }

    private static BareJid jid(String name) {
        return BareJid.of(name + "@example.org").orElseThrow();
    }

    private static List<String> accounts(RoomKeysAnswer answer) throws DocumentException {
        return parse(answer).elements("account").stream().map(account -> account.attributeValue("jid"))
            .collect(Collectors.toList());
    }

    private static Element parse(RoomKeysAnswer answer) throws DocumentException {
        return DocumentHelper.parseText(answer.toXml()).getRootElement();
    }
}
