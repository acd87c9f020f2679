package org.igniterealtime.openfire.plugin.omemo.architecture.planted.server;

public class OpenfireSymbol {
    Object lookUp() throws ReflectiveOperationException {
        return Class.forName("org.jivesoftware.openfire.XMPPServer").getMethod("getInstance");
    }
}
