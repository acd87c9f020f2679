package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What a class file of ours declares. */
final class ClassFile {

    private ClassFile() {
    }

    static ApiType type(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        List<ApiMember> members = new ArrayList<>();
        reader.accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
                members.add(new ApiMember(name, descriptor, access));
                return null;
            }

            @Override
            public FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
                members.add(new ApiMember(name, descriptor, access));
                return null;
            }
        }, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return new ApiType(
            reader.getClassName(),
            reader.getAccess(),
            Optional.ofNullable(reader.getSuperName()),
            List.of(reader.getInterfaces()),
            members);
    }
}
