package org.igniterealtime.openfire.plugin.omemo.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.keys.Coverage.LeftOut;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.EncryptedLimits;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;
import org.igniterealtime.openfire.plugin.omemo.protocol.MalformedElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a message leaves out. */
class CoverageTest {

    private static final BareJid ALICE = jid("alice");
    private static final BareJid BOB = jid("bob");
    private static final BareJid CAROL = jid("carol");
    private static final Member UNKNOWN = new Member(jid("unknown"), Optional.empty());

    private static BareJid jid(String name) {
        return BareJid.of(name + "@example.org").orElseThrow();
    }

    private static Member member(BareJid account, Family family, int... devices) {
        return new Member(account, Optional.of(keys(Map.of(family, Arrays.stream(devices).boxed().toList()))));
    }

    private static Readiness keys(Map<Family, List<Integer>> devices) {
        return new Readiness(Map.of(), devices);
    }

    /** What a client sends with these keys. */
    private static Addressees message(Family family, int sid, Map<BareJid, int[]> keys) {
        StringBuilder header = new StringBuilder();
        keys.forEach((account, devices) -> {
            StringBuilder all = new StringBuilder();
            for (int device : devices) {
                all.append("<key rid='").append(device).append("'>").append("A".repeat(80)).append("</key>");
            }
            header.append(family == Family.LEGACY ? all.toString() : "<keys jid='" + account + "'>" + all + "</keys>");
        });
        Element encrypted = Samples.parse("<encrypted xmlns='" + family.namespace() + "'><header sid='" + sid + "'>" + header
            + (family == Family.LEGACY ? "<iv>AAAAAAAAAAAAAAAA</iv>" : "") + "</header><payload>AAAAAAAAAAAAAAAAAAAAAA==</payload>"
            + "</encrypted>");
        try {
            return Addressees.of(Encrypted.parse(encrypted, EncryptedLimits.DEFAULT));
        } catch (MalformedElementException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<LeftOut> leftOut(List<Member> members, Addressees... message) {
        return Coverage.of(members, ALICE, List.of(message)).leftOut();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void devicesWithoutAKeyAreLeftOut(Family family) {
        assertThat(leftOut(List.of(member(ALICE, family, 1), member(BOB, family, 11, 12, 13), member(CAROL, family, 21)),
            message(family, 1, Map.of(BOB, new int[] {12, 99})))).containsExactly(
                new LeftOut(BOB, 11), new LeftOut(BOB, 13), new LeftOut(CAROL, 21));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void whenEverybodyHasOneNobodyIs(Family family) {
        assertThat(leftOut(List.of(member(ALICE, family, 1, 2), member(BOB, family, 11)),
            message(family, 1, Map.of(BOB, new int[] {11}, ALICE, new int[] {2})))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theOtherDevicesOfTheSenderAreExpectedAndTheSendingOneIsNot(Family family) {
        assertThat(leftOut(List.of(member(ALICE, family, 1, 2), member(BOB, family, 1)),
            message(family, 1, Map.of(CAROL, new int[] {5}))))
            .as("another's device of the same id is none of the sender's")
            .containsExactly(new LeftOut(ALICE, 2), new LeftOut(BOB, 1));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void whoseKeysAreNotKnownIsNeverLeftOut(Family family) {
        assertThat(leftOut(List.of(UNKNOWN, member(BOB, family)), message(family, 1, Map.of(CAROL, new int[] {5})))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void whoHasOnlyKeysOfOtherFamiliesIsNot(Family family) {
        for (Family other : Family.values()) {
            assertThat(leftOut(List.of(member(BOB, other, 11)), message(family, 1, Map.of(CAROL, new int[] {5}))))
                .hasSize(other == family ? 1 : 0);
        }
    }

    @Test
    void aKeyUnderTheNameOfAnotherIsNone() {
        List<Member> members = List.of(member(BOB, Family.OMEMO_1, 11), member(CAROL, Family.OMEMO_1, 21));
        assertThat(leftOut(members, message(Family.OMEMO_1, 1, Map.of(CAROL, new int[] {11, 21}))))
            .containsExactly(new LeftOut(BOB, 11));
        assertThat(leftOut(List.of(member(BOB, Family.LEGACY, 11), member(CAROL, Family.LEGACY, 11)),
            message(Family.LEGACY, 1, Map.of(CAROL, new int[] {11})))).as("legacy headers name nobody").isEmpty();
    }

    @Test
    void aMessageOfSeveralFamiliesNeedsToReachADeviceInOneOfThem() {
        Map<Family, List<Integer>> both = new EnumMap<>(Map.of(Family.LEGACY, List.of(1, 2, 3), Family.OMEMO_1, List.of(2, 3, 4)));
        List<Member> members = List.of(new Member(BOB, Optional.of(keys(both))),
            new Member(ALICE, Optional.of(keys(Map.of(Family.LEGACY, List.of(51, 61), Family.OMEMO_1, List.of(51, 61))))));
        assertThat(leftOut(members, message(Family.LEGACY, 51, Map.of(BOB, new int[] {2})),
            message(Family.OMEMO_1, 51, Map.of(ALICE, new int[] {61}))))
            .containsExactlyInAnyOrder(new LeftOut(BOB, 1), new LeftOut(BOB, 3), new LeftOut(BOB, 4));
    }

    @Test
    void aKeyForADeviceThatIsNotOnTheListOfThatFamilyReachesNobody() {
        assertThat(leftOut(List.of(member(BOB, Family.LEGACY, 7)), message(Family.OMEMO_1, 1, Map.of(BOB, new int[] {7})),
            message(Family.LEGACY, 1, Map.of(CAROL, new int[] {8})))).containsExactly(new LeftOut(BOB, 7));
    }

    /** As one would count by hand, for rooms at random. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void agreesWithCountingOneByOne(Family family) {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            Map<BareJid, int[]> listed = new TreeMap<>();
            Map<BareJid, int[]> addressed = new TreeMap<>();
            for (int i = 0; i < 1 + random.nextInt(12); i++) {
                BareJid account = jid("member" + i);
                listed.put(account, ids(random));
                if (i == 0 || random.nextInt(4) > 0) {
                    addressed.put(account, ids(random));
                }
            }
            BareJid sender = jid("member0");
            int sid = 1 + random.nextInt(40);
            List<LeftOut> expected = listed.entrySet().stream().flatMap(account -> Arrays.stream(account.getValue())
                .filter(id -> !(account.getKey().equals(sender) && id == sid))
                .filter(id -> family == Family.LEGACY ? addressed.values().stream().noneMatch(ids -> contains(ids, id))
                    : !contains(addressed.getOrDefault(account.getKey(), new int[0]), id))
                .mapToObj(id -> new LeftOut(account.getKey(), id))).toList();
            if (family == Family.LEGACY) {
                Set<Integer> all = new TreeSet<>();
                addressed.values().forEach(ids -> Arrays.stream(ids).forEach(all::add));
                addressed.clear();
                addressed.put(sender, all.stream().mapToInt(Integer::intValue).toArray());
            }
            assertThat(Coverage.of(listed.entrySet().stream().map(one -> member(one.getKey(), family, one.getValue())).toList(),
                sender, List.of(message(family, sid, addressed))).leftOut()).isEqualTo(expected);
        }
    }

    private static int[] ids(Random random) {
        return IntStream.generate(() -> 1 + random.nextInt(40)).limit(1 + random.nextInt(20)).distinct().sorted().toArray();
    }

    private static boolean contains(int[] ids, int id) {
        return Arrays.stream(ids).anyMatch(one -> one == id);
    }
}
