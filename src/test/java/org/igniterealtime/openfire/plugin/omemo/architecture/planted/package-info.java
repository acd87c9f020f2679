/** A house in small whose classes break the rules of the layout, as their names tell, for the test of the rules. */
package org.igniterealtime.openfire.plugin.omemo.architecture.planted;
