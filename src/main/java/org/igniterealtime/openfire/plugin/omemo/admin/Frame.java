package org.igniterealtime.openfire.plugin.omemo.admin;

/**
 * What every page shows around its own.
 *
 * @param token for the forms
 * @param notice what has become of the last change, or null
 */
public record Frame(String token, Notice notice) {
}
