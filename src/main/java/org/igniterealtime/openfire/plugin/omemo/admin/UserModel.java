package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;

/**
 * What the page of one user shows.
 *
 * @param account as typed
 * @param problem what is wrong with that, or null
 * @param keys what is known; null as long as nobody is asked for, or nothing can be read
 * @param readable whether everything could be read
 */
public record UserModel(String account, Problem problem, UserKeys keys, boolean readable) {
}
