/** Databases for tests: one in memory, and real servers that the tests start. */
package org.igniterealtime.openfire.plugin.omemo.database;
