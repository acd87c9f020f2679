package org.igniterealtime.openfire.plugin.omemo.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * The processor time that client and server have used: where both share a machine with others, it says more than the
 * clock does.
 *
 * @param server the server's process, if it is ours
 */
record Processors(Optional<ProcessHandle> server) {

    double clientSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    double serverSeconds() {
        return server.flatMap(process -> process.info().totalCpuDuration()).map(Duration::toNanos)
            .map(nanos -> nanos / 1e9).orElse(Double.NaN);
    }
}
