package org.igniterealtime.openfire.plugin.omemo.load;

/**
 * What was measured.
 *
 * @param requests     how many were answered
 * @param seconds      in what time
 * @param clientMicros processor time of this process for one request
 * @param serverMicros processor time of the server's process for one request; NaN if it cannot be seen
 */
record Rate(long requests, double seconds, double clientMicros, double serverMicros) {

    double perSecond() {
        return requests / seconds;
    }

    /** Measures some work that returns how many requests were answered. */
    static Rate of(Processors processors, Work work) throws Exception {
        long begin = System.nanoTime();
        double client = processors.clientSeconds();
        double server = processors.serverSeconds();
        long requests = work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Rate(requests, seconds, (processors.clientSeconds() - client) * 1e6 / requests,
            (processors.serverSeconds() - server) * 1e6 / requests);
    }

    /** What is measured. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }
}
