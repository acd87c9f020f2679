package org.igniterealtime.openfire.plugin.omemo.admin;

/**
 * What every page shows around its own.
 *
 * @param token for the forms
 * @param notice what has become of the last change, or null
 * @param missing what cannot be shown, or null
 * @param node of a cluster of which alone the page shows some things; empty if there is no such thing, or no cluster
 */
public record Frame(String token, Notice notice, Missing missing, String node) {
}
