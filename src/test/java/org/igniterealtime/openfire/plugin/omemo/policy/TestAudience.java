package org.igniterealtime.openfire.plugin.omemo.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.protocol.Encrypted;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** A room whose people and devices are as a test says. */
final class TestAudience implements Audience {

    /** Of which nothing is known. */
    static final Audience UNKNOWN = new TestAudience(null);

    private final Set<BareJid> people;
    private final Map<String, Set<Integer>> listed = new HashMap<>();
    private final Map<String, Set<Integer>> lately = new HashMap<>();
    final Set<BareJid> peopleNow = new HashSet<>();
    final Set<String> asked = new HashSet<>();
    Shortfall leftOut = new Shortfall(List.of(), 0);
    boolean fails;

    private TestAudience(Set<BareJid> people) {
        this.people = people;
    }

    static TestAudience of(String... people) {
        Set<BareJid> accounts = new HashSet<>();
        for (String one : people) {
            accounts.add(BareJid.of(one).orElseThrow());
        }
        return new TestAudience(accounts);
    }

    TestAudience list(String account, Family family, Integer... devices) {
        listed.put(account + family, Set.of(devices));
        return this;
    }

    TestAudience listedLately(String account, Family family, Integer... devices) {
        lately.put(account + family, Set.of(devices));
        return this;
    }

    @Override
    public Optional<Set<BareJid>> people() {
        failIfAsked();
        return Optional.ofNullable(people);
    }

    @Override
    public Optional<Set<BareJid>> peopleNow() {
        failIfAsked();
        return peopleNow.isEmpty() ? Optional.ofNullable(people) : Optional.of(peopleNow);
    }

    @Override
    public Optional<Set<Integer>> listed(BareJid account, Family family) {
        failIfAsked();
        asked.add(account.toString());
        return Optional.ofNullable(listed.get(account.toString() + family));
    }

    @Override
    public boolean wasListedLately(BareJid account, Family family, int device) {
        return lately.getOrDefault(account.toString() + family, Set.of()).contains(device);
    }

    @Override
    public Shortfall leftOut(List<Encrypted> accepted) {
        failIfAsked();
        return leftOut;
    }

    private void failIfAsked() {
        if (fails) {
            throw new IllegalStateException("The database is gone");
        }
    }
}
