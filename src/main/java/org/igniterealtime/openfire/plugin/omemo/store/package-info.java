/** What lasts in the server's database. */
package org.igniterealtime.openfire.plugin.omemo.store;
