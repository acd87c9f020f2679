package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import org.igniterealtime.openfire.plugin.omemo.server.RoomDirectory;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.commands.AdHocCommand;

/** What the pages of rooms show and do, by ad-hoc commands. */
public final class RoomCommands {

    private final XMPPServer server;
    private final List<AdHocCommand> commands;

    public RoomCommands(XMPPServer server, RoomDirectory rooms) {
        this.server = server;
        commands = List.of(new RoomModeCommand(rooms), new RoomReadinessCommand(rooms));
    }

    /** From now on. */
    public void start() {
        commands.forEach(server.getAdHocCommandHandler()::addCommand);
    }

    /** And no longer. */
    public void stop() {
        commands.forEach(server.getAdHocCommandHandler()::removeCommand);
    }
}
