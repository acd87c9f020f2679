package org.igniterealtime.openfire.plugin.omemo.load;

/** A rate, and that of pings right before. */
record Figure(Rate rate, Rate ping) {

    /** 1 for as many requests in a second as pings. */
    double ofPing() {
        return rate.perSecond() / ping.perSecond();
    }

    /** 1 for as many requests as pings in the same processor time of the server. */
    double ofPingByProcessor() {
        return ping.serverMicros() / rate.serverMicros();
    }
}
