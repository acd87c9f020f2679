package org.igniterealtime.openfire.plugin.omemo.server;

/** A policy that is in force until this is closed, or the server stops. */
public interface TemporaryPolicy extends AutoCloseable {

    @Override
    void close();
}
