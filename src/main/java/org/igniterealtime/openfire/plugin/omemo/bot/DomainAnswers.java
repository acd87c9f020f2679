package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** What the bots' domain itself answers: what it is, who lives there, that it is there, and the plugin's version. */
final class DomainAnswers {

    private static final String TITLE = "OMEMO test bots";

    private final String version;
    private final Supplier<Map<String, BareJid>> residents;

    /** @param residents those who live there, by name */
    DomainAnswers(String version, Supplier<Map<String, BareJid>> residents) {
        this.version = version;
        this.residents = residents;
    }

    /** The answer to a request. */
    Element to(Element request) {
        Element child = request.elements().isEmpty() ? request : request.elements().get(0);
        Element reply = Stanzas.result(request);
        switch (child.getNamespaceURI()) {
            case Stanzas.PING -> {
                return reply;
            }
            case Stanzas.VERSION -> {
                Element query = reply.addElement("query", Stanzas.VERSION);
                query.addElement("name").setText(TITLE);
                query.addElement("version").setText(version);
                return reply;
            }
            case Stanzas.DISCO_INFO -> {
                Element query = reply.addElement("query", Stanzas.DISCO_INFO);
                query.addElement("identity").addAttribute("category", "component").addAttribute("type", "generic")
                    .addAttribute("name", TITLE);
                List.of(Stanzas.DISCO_INFO, Stanzas.DISCO_ITEMS, Stanzas.PING, Stanzas.VERSION).forEach(feature ->
                    query.addElement("feature").addAttribute("var", feature));
                return reply;
            }
            case Stanzas.DISCO_ITEMS -> {
                Element query = reply.addElement("query", Stanzas.DISCO_ITEMS);
                residents.get().forEach((name, jid) ->
                    query.addElement("item").addAttribute("jid", jid.toString()).addAttribute("name", name));
                return reply;
            }
            default -> {
                return Stanzas.error(request, "cancel", "service-unavailable");
            }
        }
    }
}
