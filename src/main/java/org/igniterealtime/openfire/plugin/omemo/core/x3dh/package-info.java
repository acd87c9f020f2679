/**
 * X3DH, the Extended Triple Diffie-Hellman of Signal, in the words of the paper: IK, SPK, OPK, EK, SK, AD.
 */
package org.igniterealtime.openfire.plugin.omemo.core.x3dh;
