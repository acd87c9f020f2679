/** Test bots and the self-test: they speak OMEMO in rooms of the server, on the way that a user's client takes. */
package org.igniterealtime.openfire.plugin.omemo.bot;
