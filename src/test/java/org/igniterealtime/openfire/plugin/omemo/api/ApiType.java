package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;

/**
 * A class or an interface with its members, as an Openfire release, the plugin's jar or the running JDK declares it.
 *
 * @param name       internal name, with slashes
 * @param access     JVM access flags, as far as they are known
 * @param superclass internal name, empty for {@code java/lang/Object}
 */
record ApiType(
    String name, int access, Optional<String> superclass, List<String> interfaces, List<ApiMember> members) {

    boolean isInterface() {
        return has(Opcodes.ACC_INTERFACE);
    }

    boolean isAbstract() {
        return has(Opcodes.ACC_ABSTRACT);
    }

    boolean isFinal() {
        return has(Opcodes.ACC_FINAL);
    }

    Optional<ApiMember> member(String memberName, String descriptor) {
        return members.stream().filter(member -> member.is(memberName, descriptor)).findFirst();
    }

    static String readable(String internalName) {
        return internalName.replace('/', '.');
    }

    private boolean has(int flag) {
        return (access & flag) != 0;
    }
}
