package org.igniterealtime.openfire.plugin.omemo.keys;

/**
 * What a repair may do besides making nodes persistent and large enough, which takes nothing from anybody.
 *
 * @param openClosed whether nodes that not everybody may read are opened. A node that an owner has closed on purpose looks
 *                   the same as one that a server has created closed, so that only a person can decide it
 * @param removeDead whether dead devices are taken from their lists, and their bundles and abandoned ones removed
 */
public record RepairOptions(boolean openClosed, boolean removeDead) {
}
