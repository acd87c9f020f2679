package org.igniterealtime.openfire.plugin.omemo.architecture.planted.loose;

public class HasNoPlace {
}
