package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.List;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.commands.AdHocCommand;

/** How operators meet the bots and the self-test: by commands, and in statistics. */
public final class BotOperations {

    private final XMPPServer server;
    private final List<AdHocCommand> commands;
    private final BotStatistics statistics;

    public BotOperations(XMPPServer server, BotService bots) {
        this.server = server;
        commands = List.of(new SelfTestCommand(bots.selfTests(), bots::domainState), new BotsCommand(bots));
        statistics = new BotStatistics(bots);
    }

    /** From now on. */
    public void start() {
        commands.forEach(server.getAdHocCommandHandler()::addCommand);
        statistics.register();
    }

    /** And no longer. */
    public void stop() {
        statistics.unregister();
        commands.forEach(server.getAdHocCommandHandler()::removeCommand);
    }
}
