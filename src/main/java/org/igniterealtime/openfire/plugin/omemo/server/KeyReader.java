package org.igniterealtime.openfire.plugin.omemo.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.igniterealtime.openfire.plugin.omemo.keys.AccountKeys;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyDirectory;
import org.igniterealtime.openfire.plugin.omemo.keys.KeyRequest;
import org.igniterealtime.openfire.plugin.omemo.keys.PublishedNode;
import org.igniterealtime.openfire.plugin.omemo.protocol.BareJid;
import org.igniterealtime.openfire.plugin.omemo.stats.KeyCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError.Condition;

/**
 * Answers questions for keys from the directory. Whoever may not read a node is told so by Openfire, which also answers
 * what is asked in an unusual way. Up to 4.5 it is not asked anything that it could answer with somebody else's keys: for
 * nodes that do not exist it takes those of whoever asks, and its cache of items does not tell accounts apart.
 */
final class KeyReader {

    private static final Logger LOG = LoggerFactory.getLogger(KeyReader.class);

    private final KeyDirectory directory;
    private final PepNodes nodes;
    private final BiPredicate<BareJid, BareJid> mayReadClosed;
    private final KeyCounters counters;
    private final Consumer<IQ> replies;
    private final Consumer<IQ> openfire;

    /**
     * @param mayReadClosed whether somebody may read an account's nodes although they are not open
     * @param replies       where answers go that could not be given at once
     * @param openfire      handles a request as if we were not there
     */
    KeyReader(KeyDirectory directory, PepNodes nodes, BiPredicate<BareJid, BareJid> mayReadClosed, KeyCounters counters,
              Consumer<IQ> replies, Consumer<IQ> openfire) {
        this.directory = directory;
        this.nodes = nodes;
        this.mayReadClosed = mayReadClosed;
        this.counters = counters;
        this.replies = replies;
        this.openfire = openfire;
    }

    /** Whether there is such an account, for all that is known without asking. */
    boolean knowsKeysOf(BareJid owner) {
        return directory.known(owner).filter(keys -> !keys.nodes().isEmpty()).isPresent();
    }

    /**
     * @param asked empty when the question is an unusual one
     * @return the answer; null if it is given later, or by Openfire
     */
    IQ answer(IQ request, BareJid owner, String node, Optional<KeyRequest> asked) {
        Optional<AccountKeys> known = directory.known(owner);
        if (known.isPresent()) {
            counters.answeredFromMemory().increment();
            return answer(request, owner, node, asked, known.get());
        }
        reply(request, directory.read(owner), keys -> answer(request, owner, node, asked, keys));
        return null;
    }

    private IQ answer(IQ request, BareJid owner, String node, Optional<KeyRequest> asked, AccountKeys keys) {
        PublishedNode found = keys.node(node).orElse(null);
        if (found == null) {
            return PubSubReply.error(request, Condition.item_not_found);
        }
        if (asked.isEmpty()) {
            return unusual(request);
        }
        String answer = asked.get().answer(found);
        if (mayRead(request, owner, found)) {
            return PubSubReply.content(request, answer);
        }
        // Whether somebody may read a closed node takes a look at rosters.
        reply(request, directory.ask(owner, () -> nodes.mayRead(owner, node, request.getFrom())), may ->
            may ? PubSubReply.content(request, answer) : refused(request));
        return null;
    }

    /** Openfire says why. */
    private IQ refused(IQ request) {
        openfire.accept(request);
        return null;
    }

    private IQ unusual(IQ request) {
        if (!nodes.tellsAccountsApart()) {
            return PubSubReply.error(request, Condition.bad_request);
        }
        openfire.accept(request);
        return null;
    }

    /** Answers when something is known. */
    private <T> void reply(IQ request, CompletableFuture<T> asked, Function<T, IQ> answer) {
        asked.whenComplete((found, failure) -> {
            IQ reply;
            try {
                reply = failure == null ? answer.apply(found) : failed(request, failure);
            } catch (Throwable e) {
                // Nobody else would see it, and the request would stay without an answer.
                reply = failed(request, e);
            }
            if (reply != null) {
                replies.accept(reply);
            }
        });
    }

    private boolean mayRead(IQ request, BareJid owner, PublishedNode node) {
        if (node.everyoneMayRead()) {
            return true;
        }
        BareJid asker = BareJid.of(request.getFrom().toBareJID()).orElse(null);
        return asker != null && (asker.equals(owner) || mayReadClosed.test(asker, owner));
    }

    private IQ failed(IQ request, Throwable failure) {
        counters.failures().increment();
        if (failure instanceof RejectedExecutionException) {
            return PubSubReply.error(request, Condition.resource_constraint, null, "Too many requests are waiting.");
        }
        LOG.warn("Published keys could not be read: {}", failure.toString());
        return PubSubReply.error(request, Condition.internal_server_error);
    }
}
