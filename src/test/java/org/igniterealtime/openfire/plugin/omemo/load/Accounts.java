package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is there.
 *
 * @param asker   the account that asks
 * @param hot     the account that is asked for again and again
 * @param members of the room
 * @param warmUp  accounts that are asked for to warm the server up
 * @param others  accounts each of which is asked for once after a start
 */
record Accounts(Account asker, Account hot, List<Account> members, List<Account> warmUp, List<Account> others) {

    private static final int MEMBERS = 100;
    private static final int WARM_UP_SHARE = 10;

    /** Gives everybody a part. @throws IllegalArgumentException if there are fewer than four */
    static Accounts of(List<String> names) {
        if (names.size() < 4) {
            throw new IllegalArgumentException("Four accounts at least, not " + names.size());
        }
        List<Account> all = IntStream.range(0, names.size()).mapToObj(i -> new Account(names.get(i), i)).toList();
        int members = Math.min(MEMBERS, all.size() / 2);
        List<Account> rest = all.subList(2 + members, all.size());
        int warmUp = rest.size() / WARM_UP_SHARE;
        return new Accounts(all.get(0), all.get(1), all.subList(2, 2 + members), rest.subList(0, warmUp),
            rest.subList(warmUp, rest.size()));
    }

    /** Made-up names for so many that are each asked for once, and all the others. */
    static Accounts simulated(int others) {
        int rest = (others * WARM_UP_SHARE + WARM_UP_SHARE - 2) / (WARM_UP_SHARE - 1);
        return of(IntStream.range(0, 2 + MEMBERS + rest).mapToObj(i -> "load" + (10_000 + i)).toList());
    }

    List<Account> all() {
        List<Account> all = withKeys();
        all.add(asker);
        return all;
    }

    /** All but the one that asks: it has no keys, so that the room's are those of its members. */
    List<Account> withKeys() {
        List<Account> all = new ArrayList<>(List.of(hot));
        all.addAll(members);
        all.addAll(warmUp);
        all.addAll(others);
        return all;
    }
}
