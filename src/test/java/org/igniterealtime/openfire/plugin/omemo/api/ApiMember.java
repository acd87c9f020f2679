package org.igniterealtime.openfire.plugin.omemo.api;

import org.objectweb.asm.Opcodes;

/**
 * A method or a field as its type declares it.
 *
 * @param descriptor in JVM form; that of a method starts with a parenthesis
 * @param access     JVM access flags, as far as they are known
 */
record ApiMember(String name, String descriptor, int access) {

    boolean isMethod() {
        return descriptor.startsWith("(");
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    boolean isStatic() {
        return has(Opcodes.ACC_STATIC);
    }

    boolean isAbstract() {
        return has(Opcodes.ACC_ABSTRACT);
    }

    boolean isPrivate() {
        return has(Opcodes.ACC_PRIVATE);
    }

    boolean isProtected() {
        return has(Opcodes.ACC_PROTECTED);
    }

    boolean is(String otherName, String otherDescriptor) {
        return name.equals(otherName) && descriptor.equals(otherDescriptor);
    }

    private boolean has(int flag) {
        return (access & flag) != 0;
    }
}
