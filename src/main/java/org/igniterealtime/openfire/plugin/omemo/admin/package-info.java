/** What the admin console's pages show and do. The pages themselves, layout only, are the JSPs in {@code web}. */
package org.igniterealtime.openfire.plugin.omemo.admin;
