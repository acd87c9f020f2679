package org.igniterealtime.openfire.plugin.omemo.core.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.igniterealtime.openfire.plugin.omemo.peer.PythonProcess;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;

/** A device of python-twomemo. It trusts everybody. */
final class Twomemo implements Party {

    private final PythonProcess process;
    private final BareJid own;
    private final BareJid other;

    Twomemo(PythonProcess process, BareJid own, BareJid other) {
        this.process = process;
        this.own = own;
        this.other = other;
    }

    @Override
    public Answer announce() {
        return ask("start", Map.of("jid", own.toString()));
    }

    @Override
    public void learn(Item item) {
        ask("learn", Map.of("jid", other.toString(), "node", item.node(), "item", item.id(), "xml", item.xml()));
    }

    @Override
    public Answer write(String body) {
        return ask("encrypt", Map.of("jid", other.toString(), "body", body));
    }

    @Override
    public Answer read(String xml) {
        return ask("decrypt", Map.of("jid", other.toString(), "xml", xml));
    }

    @Override
    public Answer startOver() {
        return ask("replace", Map.of("jid", other.toString()));
    }

    private Answer ask(String what, Map<String, String> parameters) {
        JsonNode answer = process.ask(what, parameters);
        List<Item> published = new ArrayList<>();
        answer.get("published").forEach(item -> published.add(new Item(
            item.get("node").textValue(), item.get("item").textValue(), item.get("xml").textValue())));
        List<String> sent = new ArrayList<>();
        answer.get("sent").forEach(message -> sent.add(message.textValue()));
        return new Answer(value(answer.path("result")), Optional.ofNullable(answer.path("refused").textValue()),
            published, sent);
    }

    /** A text, or the body of a content whose affixes are as they should be. */
    private Optional<String> value(JsonNode result) {
        if (!result.isObject()) {
            return Optional.ofNullable(result.textValue());
        }
        assertThat(result.get("from").textValue()).isEqualTo(other.toString());
        assertThat(result.get("to").textValue()).isEqualTo(own.toString());
        assertThat(result.get("time").textValue()).isEqualTo(Ours.TIME.toString());
        return Optional.of(result.get("body").textValue());
    }
}
