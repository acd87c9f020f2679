package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link EmbeddedOpenfire} of this JVM to tests that ask for it: started for the first, stopped when the
 * last of the test plan is over. The tests share it, so each makes accounts and rooms with names of its own.
 */
public final class OpenfireExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedOpenfire.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.create(OpenfireExtension.class))
            .getOrComputeIfAbsent(Shared.class)
            .server;
    }

    /** JUnit closes it with the root of the test plan. */
    static final class Shared implements ExtensionContext.Store.CloseableResource {

        private final EmbeddedOpenfire server;

        Shared() {
            try {
                server = EmbeddedOpenfire.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
