/**
 * OMEMO's words: what XEP-0384 puts on the wire, in its three incompatible families, as small immutable values.
 *
 * <p>Parsing is strict, because the XML is written by others and looked at by a guard: an element is read completely or
 * refused with the place and kind of its first flaw. Needs dom4j (2.0 or later) and the JDK, nothing else.
 */
package org.igniterealtime.openfire.plugin.omemo.protocol;
