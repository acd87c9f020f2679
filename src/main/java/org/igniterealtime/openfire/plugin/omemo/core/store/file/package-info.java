/** A store in a file, for users of the library. This is the one package of the core that touches files. */
package org.igniterealtime.openfire.plugin.omemo.core.store.file;
