package org.igniterealtime.openfire.plugin.omemo.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several connections of one account that ask at the same time. */
final class Load implements AutoCloseable {

    /** As many as the machine that this is written for has processors. */
    static final int CONNECTIONS = 2;

    private static final long MOST_MINUTES = 10;

    private final List<XmppSocket> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final ReplyLengths lengths;

    private Load(ReplyLengths lengths) {
        this.lengths = lengths;
    }

    static Load connect(Place place, Account asker, String password, ReplyLengths lengths) throws IOException {
        Load load = new Load(lengths);
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                load.clients.add(XmppSocket.login(place, asker.name(), password));
            }
            return load;
        } catch (IOException e) {
            load.close();
            throw e;
        }
    }

    /** Every connection asks this question for so long. @return how many were answered */
    long repeat(Question question, double seconds) throws Exception {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        List<Task> tasks = new ArrayList<>();
        for (XmppSocket client : clients) {
            tasks.add(() -> new Pipeline(client, List.of(question), lengths).askUntil(until));
        }
        return run(tasks);
    }

    /** Asks the questions about each account once, those about one account on one connection. */
    long once(Place place, List<Account> accounts) throws Exception {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            XmppSocket client = clients.get(i);
            List<Question> questions = new ArrayList<>();
            for (int account = i; account < accounts.size(); account += clients.size()) {
                questions.addAll(accounts.get(account).firstQuestions(place));
            }
            tasks.add(() -> new Pipeline(client, questions, lengths).askAll());
        }
        return run(tasks);
    }

    /** Same on one connection, as a client does that has entered a room. */
    long onceByOne(Place place, List<Account> accounts) throws Exception {
        List<Question> questions = new ArrayList<>();
        accounts.forEach(account -> questions.addAll(account.firstQuestions(place)));
        return new Pipeline(clients.get(0), questions, lengths).askAll();
    }

    private long run(List<Task> tasks) throws Exception {
        List<Future<Integer>> results = new ArrayList<>();
        for (Task task : tasks) {
            results.add(threads.submit(task::run));
        }
        long sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get(MOST_MINUTES, TimeUnit.MINUTES);
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (XmppSocket client : clients) {
            client.close();
        }
    }

    private interface Task {
        int run() throws IOException;
    }
}
