package org.igniterealtime.openfire.plugin.omemo.bot;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.core.OmemoException;
import org.igniterealtime.openfire.plugin.omemo.core.store.Fingerprint;
import org.igniterealtime.openfire.plugin.omemo.core.store.Trust;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.store.BotTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The house of all bots, at an address of its own in the server: it starts and ends them as the operator wants, and hands
 * each what is sent to it. One node of a cluster has it; if two believe so, the keys belong to the one that came last.
 */
public final class BotHost implements StanzaReceiver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BotHost.class);

    /** So many bots at most. */
    public static final int MOST_BOTS = 100;

    private static final int THREADS = 2;
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    private final String domain;
    private final BotServer server;
    private final BotTable table;
    private final String version;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons("omemo-bots"));
    private final ScheduledExecutorService timer;
    private final Surroundings surroundings;
    private final DomainAnswers answers;
    private final Map<String, Inhabitant> inhabitants = new ConcurrentHashMap<>();
    /** Whose keys are kept, though they are no bots of the operator's. */
    private final Set<String> guests = ConcurrentHashMap.newKeySet();
    private final Map<String, BotState> idle = new ConcurrentHashMap<>();
    private final Map<String, String> wanted = new HashMap<>();
    private boolean swept;
    private boolean closed;

    /**
     * @param domain     at which the bots live
     * @param connection takes what they send, with an address of the domain
     * @param version    of the plugin, which they tell
     */
    public BotHost(String domain, StanzaConnection connection, BotServer server, BotTable table, SecureRandom random,
            InstantSource clock, String version) {
        this(domain, connection, server, table, random, clock, version,
            Executors.newSingleThreadScheduledExecutor(daemons("omemo-bots-clock")));
    }

    /** @param timer which wakes the bots; it ends with this */
    BotHost(String domain, StanzaConnection connection, BotServer server, BotTable table, SecureRandom random,
            InstantSource clock, String version, ScheduledExecutorService timer) {
        this.timer = timer;
        this.domain = domain;
        this.server = server;
        this.table = table;
        this.version = version;
        answers = new DomainAnswers(version, this::residents);
        surroundings = new Surroundings(connection, threads, timer, clock, random);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Whether a bot can be called like this. */
    public static boolean isName(String name) {
        return name.matches(NAME);
    }

    /**
     * Makes the bots what the operator wants. A new one is started, a changed one started anew with the same keys, and one
     * that is no longer wanted leaves its rooms, and its keys are forgotten.
     *
     * @param settings by the bots' names, the local parts of their addresses, as the operator has written them
     */
    public synchronized void want(Map<String, String> settings) {
        if (closed) {
            return;
        }
        Map<String, String> before = Map.copyOf(wanted);
        wanted.clear();
        wanted.putAll(settings);
        before.keySet().stream().filter(name -> !settings.containsKey(name)).forEach(this::dismiss);
        idle.keySet().retainAll(settings.keySet());
        settings.forEach((name, setting) -> {
            if (!setting.equals(before.get(name))) {
                begin(name, setting);
            }
        });
        if (!swept) {
            swept = true;
            forgetUnwanted();
        }
    }

    /** What earlier bots have left behind, whose end this host has not seen. */
    private void forgetUnwanted() {
        try {
            table.bots().stream().filter(bot -> !wanted.containsKey(bot) && !guests.contains(bot))
                .forEach(this::forget);
        } catch (IOException e) {
            LOG.error("The keys of the bots cannot be read: {}", Bot.describe(e));
        }
    }

    private void begin(String name, String setting) {
        depart(name);
        idle.remove(name);
        try {
            admit(name, BotSettings.parse(setting));
        } catch (IllegalArgumentException e) {
            broken(name, Optional.empty(), "its setting cannot be understood: " + e.getMessage());
        }
    }

    private void forget(String name) {
        try {
            table.delete(name);
        } catch (IOException e) {
            LOG.warn("The keys of bot {} could not be deleted: {}", name, Bot.describe(e));
        }
    }

    private void admit(String name, BotSettings settings) {
        if (!isName(name)) {
            broken(name, Optional.of(settings), "a bot's name has letters a to z, digits, dots, hyphens and underscores");
        } else if (inhabitants.size() >= MOST_BOTS) {
            broken(name, Optional.of(settings), "there are " + MOST_BOTS + " bots already");
        } else if (settings.paused()) {
            idle.put(name, BotState.idle(name, Optional.of(settings), BotState.Status.PAUSED, "paused"));
        } else {
            open(name, settings);
        }
    }

    private void open(String name, BotSettings settings) {
        Problems problems = new Problems(surroundings.clock(), text -> LOG.warn("Bot {}: {}", name, text));
        try {
            Keeping keeping = Keeping.open(table, name, account(name), settings.label(), settings.families(),
                surroundings, settings.blindTrust());
            Bot bot = new Bot(name, settings, new Bot.Home(surroundings, server, version, this::lost), keeping.devices(),
                keeping.rooms(), problems);
            inhabitants.put(name, bot);
            bot.start();
        } catch (IOException | OmemoException | RuntimeException e) {
            broken(name, Optional.of(settings), "its keys cannot be used: " + Keeping.why(e));
        }
    }

    private BareJid account(String name) {
        return BareJid.of(name + "@" + domain).orElseThrow();
    }

    private void broken(String name, Optional<BotSettings> settings, String why) {
        LOG.error("Bot {} does not run: {}", name, why);
        idle.put(name, BotState.idle(name, settings, BotState.Status.BROKEN, why));
    }

    /** Another host has taken a bot over. Called on its lane. */
    private void lost(Bot bot) {
        if (inhabitants.get(bot.name()) == bot) {
            // In this order whoever asks how the bots are sees it all the time.
            broken(bot.name(), Optional.empty(), "another node of the cluster has taken it over");
            inhabitants.remove(bot.name(), bot);
        }
    }

    /** From now until {@link #dismiss} the keys of somebody are kept who is no bot of the operator's. */
    void expect(String guest) {
        guests.add(guest);
    }

    /** Lets a guest live here. */
    void admit(String guest, Inhabitant inhabitant) {
        if (inhabitants.putIfAbsent(guest, inhabitant) != null) {
            throw new IllegalStateException("somebody lives there already");
        }
    }

    /** Has somebody go, who may come back: the keys stay. */
    void depart(String name) {
        Inhabitant inhabitant = inhabitants.remove(name);
        if (inhabitant != null) {
            inhabitant.close();
        }
    }

    /** Has somebody go for good. */
    void dismiss(String name) {
        depart(name);
        forget(name);
        guests.remove(name);
    }

    /** At which the bots live. */
    public String domain() {
        return domain;
    }

    BotTable table() {
        return table;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    String version() {
        return version;
    }

    /** How all bots are, by their names. */
    public List<BotState> states() {
        Map<String, BotState> states = new TreeMap<>();
        inhabitants.forEach((name, inhabitant) -> {
            if (inhabitant instanceof Bot bot) {
                states.put(name, bot.state());
            }
        });
        idle.forEach(states::putIfAbsent);
        return new ArrayList<>(states.values());
    }

    /** How long a message and its answer take: the mean of what the canaries measured last; empty if none has. */
    public Optional<Duration> roundTrip() {
        LongSummaryStatistics nanos = inhabitants.values().stream().filter(Bot.class::isInstance).map(Bot.class::cast)
            .flatMap(bot -> bot.roundTrip().stream()).mapToLong(Duration::toNanos).summaryStatistics();
        return nanos.getCount() == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) nanos.getAverage()));
    }

    /**
     * Decides about a key that a bot has seen.
     *
     * @return whether there is such a bot, and it runs
     */
    public boolean decide(String bot, BareJid account, Fingerprint fingerprint, Trust trust) {
        if (inhabitants.get(bot) instanceof Bot found) {
            found.decide(account, fingerprint, trust);
            return true;
        }
        return false;
    }

    @Override
    public void receive(Element stanza) {
        Optional<Address> to = Address.of(stanza.attributeValue("to"));
        if (to.isEmpty()) {
            return;
        }
        Optional<String> local = to.get().bare().local();
        Inhabitant inhabitant = local.map(inhabitants::get).orElse(null);
        if (inhabitant != null) {
            inhabitant.receive(stanza);
        } else if (isRequest(stanza)) {
            // On the sender's own thread: no queue can be filled with these.
            surroundings.connection().send(
                local.isPresent() ? Stanzas.error(stanza, "cancel", "item-not-found") : answers.to(stanza));
        }
    }

    private static boolean isRequest(Element stanza) {
        String type = Stanzas.attribute(stanza, "type");
        return stanza.getName().equals("iq") && (type.equals("get") || type.equals("set"));
    }

    private Map<String, BareJid> residents() {
        Map<String, BareJid> residents = new TreeMap<>();
        inhabitants.forEach((name, inhabitant) -> {
            if (inhabitant instanceof Bot) {
                residents.put(name, account(name));
            }
        });
        return residents;
    }

    /** All bots leave their rooms, to come back with the next start. */
    @Override
    public synchronized void close() {
        closed = true;
        inhabitants.values().forEach(Inhabitant::close);
        inhabitants.clear();
        timer.shutdownNow();
        threads.shutdown();
    }
}
