package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All measurements at a server that has just been started, and where nobody has asked for anything yet. */
final class Round {

    static final String FIRST_TOUCH = "first touch after a restart";
    static final String ROOM_FIRST = "room, device by device, first time";
    static final String ROOM_AGAIN = "room, device by device, again";
    static final String ROOM_AT_ONCE = "room, in one request";

    private static final double WARM_UP_SECONDS = 3;
    private static final double PING_SECONDS = 1.5;
    private static final double SECONDS = 3;
    private static final int ROOM_REPEATS = 10;
    private static final int AT_ONCE_WARM_UPS = 5;
    /** As the plugin lets an account ask so many pages in a second, and no more. */
    private static final long AT_ONCE_PAUSE_MILLIS = 1_500;

    private final Place place;
    private final Accounts accounts;
    private final String password;
    private final Processors processors;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private Load load;

    private Round(Place place, Accounts accounts, String password, Processors processors) {
        this.place = place;
        this.accounts = accounts;
        this.password = password;
        this.processors = processors;
    }

    /** Measures, at a server where the keys are published. @return the figures by what was measured */
    static Map<String, Figure> play(Place place, Accounts accounts, String password, Processors processors)
            throws Exception {
        Round round = new Round(place, accounts, password, processors);
        ReplyLengths lengths;
        try (XmppSocket client = XmppSocket.login(place, accounts.asker().name(), password)) {
            lengths = ReplyLengths.learn(client, place, accounts.hot());
        }
        try (Load load = Load.connect(place, accounts.asker(), password, lengths)) {
            round.load = load;
            round.play();
        }
        return round.figures;
    }

    private void play() throws Exception {
        for (Kind kind : Kind.values()) {
            load.repeat(question(kind), WARM_UP_SECONDS);
        }
        load.once(place, accounts.warmUp());
        figure(FIRST_TOUCH, () -> load.once(place, accounts.others()));
        figure(ROOM_FIRST, () -> load.onceByOne(place, accounts.members()));
        for (Kind kind : Kind.values()) {
            figure(kind.label(), () -> load.repeat(question(kind), SECONDS));
        }
        figure(ROOM_AGAIN, () -> {
            long sum = 0;
            for (int i = 0; i < ROOM_REPEATS; i++) {
                sum += load.onceByOne(place, accounts.members());
            }
            return sum;
        });
        atOnce();
    }

    private void atOnce() throws Exception {
        RoomKeys room = RoomKeys.at(place);
        try (XmppSocket client = XmppSocket.login(place, accounts.asker().name(), password)) {
            if (!room.isOffered(client)) {
                return;
            }
            room.enter(client);
            for (int i = 0; i < AT_ONCE_WARM_UPS; i++) {
                requireAll(room.ask(client));
                Thread.sleep(AT_ONCE_PAUSE_MILLIS);
            }
            figure(ROOM_AT_ONCE, () -> requireAll(room.ask(client)) + requireAll(room.ask(client)));
        }
    }

    /** How many questions, asked one by one, the answer answers. */
    private long requireAll(RoomKeys.Answer answer) {
        List<Account> members = accounts.members();
        if (answer.lists() != members.size() || answer.bundles() != members.size() * Account.DEVICES) {
            throw new IllegalStateException("Not the keys of all " + members.size() + " members: " + answer);
        }
        return answer.lists() + answer.bundles();
    }

    private Question question(Kind kind) {
        return Question.of(kind, place, accounts.hot(), 0);
    }

    /** Measures the ping, and right after it the work. */
    private void figure(String name, Rate.Work work) throws Exception {
        Rate ping = Rate.of(processors, () -> load.repeat(question(Kind.PING), PING_SECONDS));
        Rate rate = Rate.of(processors, work);
        figures.put(name, new Figure(rate, ping));
    }
}
