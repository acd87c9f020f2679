package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an {@link EmbeddedOpenfire} is started with. */
public final class OpenfireBuilder {

    static final String COMPONENT_SECRET = "component-secret";

    private final Map<String, String> properties = new LinkedHashMap<>();
    private Path home;

    OpenfireBuilder() {
    }

    /** Sets one of Openfire's properties before the start. */
    public OpenfireBuilder property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /**
     * Uses this folder as home, and keeps it at the end; a later server finds its accounts, rooms, properties and
     * plugins there. Ports are new every time.
     */
    public OpenfireBuilder home(Path folder) {
        home = folder;
        return this;
    }

    /** Starts it; see {@link EmbeddedOpenfire#start()}. */
    public EmbeddedOpenfire start() throws IOException {
        return new EmbeddedOpenfire(this);
    }

    /** The folder to be used, or null for a temporary one. */
    Path home() {
        return home;
    }

    /** All of Openfire's properties that have to be set: loopback only, no TLS, nothing that reaches outside. */
    Map<String, String> settings(Ports ports) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("xmpp.domain", EmbeddedOpenfire.DOMAIN);
        all.put("xmpp.fqdn", "localhost");
        all.put("xmpp.socket.plain.port", Integer.toString(ports.c2s()));
        all.put("xmpp.client.tls.policy", "disabled");
        all.put("xmpp.component.socket.active", "true");
        all.put("xmpp.component.socket.port", Integer.toString(ports.component()));
        all.put("xmpp.component.defaultSecret", COMPONENT_SECRET);
        for (String off : new String[] {"xmpp.socket.ssl.active", "xmpp.component.ssl.active", "xmpp.server.socket.active",
            "xmpp.multiplex.socket.active", "xmpp.multiplex.ssl.active", "httpbind.enabled", "xmpp.proxy.enabled",
            "mediaproxy.enabled", "flash.crossdomain.enabled", "update.service-enabled", "multicastDNS.enabled"}) {
            all.put(off, "false");
        }
        all.putAll(properties);
        return all;
    }
}
