package org.igniterealtime.openfire.plugin.omemo.server;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import org.jivesoftware.util.cache.ClusterTask;

/** Says on another node of the cluster that a change of an account's keys begins, or that it has ended. */
public final class KeyChange implements ClusterTask<Void>, Externalizable {

    private String owner;
    private String id;
    private boolean begins;

    /** For the one who reads it. */
    public KeyChange() {
    }

    KeyChange(String owner, String id, boolean begins) {
        this.owner = owner;
        this.id = id;
        this.begins = begins;
    }

    String owner() {
        return owner;
    }

    String id() {
        return id;
    }

    boolean begins() {
        return begins;
    }

    @Override
    public void run() {
        KeyCluster.take(this);
    }

    @Override
    public Void getResult() {
        return null;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeUTF(owner);
        out.writeUTF(id);
        out.writeBoolean(begins);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        owner = in.readUTF();
        id = in.readUTF();
        begins = in.readBoolean();
    }
}
