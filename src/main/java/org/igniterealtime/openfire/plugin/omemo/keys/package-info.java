/** What accounts publish for OMEMO: what it must look like, and how the nodes that hold it must be configured. Pure. */
package org.igniterealtime.openfire.plugin.omemo.keys;
