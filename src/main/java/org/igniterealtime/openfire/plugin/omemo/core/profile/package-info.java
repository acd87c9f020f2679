/**
 * The differences between XEP-0384 0.4 and 0.8+, which are nowhere else.
 */
package org.igniterealtime.openfire.plugin.omemo.core.profile;
