package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Reads the references out of one class file. */
final class ClassReferences {

    private final Predicate<String> touchesOpenfire;
    private final Set<Reference> references = new LinkedHashSet<>();
    private String from;

    /** @param touchesOpenfire whether a type, by its internal name, is Openfire's or descends from one that is */
    ClassReferences(Predicate<String> touchesOpenfire) {
        this.touchesOpenfire = touchesOpenfire;
    }

    Set<Reference> read(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        from = reader.getClassName();
        ClassNode tree = new ClassNode();
        reader.accept(new ClassRemapper(tree, new MentionedTypes()), ClassReader.SKIP_DEBUG);
        if (touchesOpenfire.test(from)) {
            references.add(new Inheritance(from, ClassFile.type(bytes)));
        }
        tree.methods.forEach(method -> method.instructions.forEach(this::addInstruction));
        return references;
    }

    /** Is asked for the new name of every type that a class file mentions anywhere, and changes none. */
    private final class MentionedTypes extends Remapper {
        @Override
        public String map(String name) {
            if (ApiRecording.covers(name)) {
                references.add(new TypeUse(from, name));
            }
            return name;
        }
    }

    private void addInstruction(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            addMethod(call.owner, call.name, call.desc, call(call.getOpcode()), call.itf);
        } else if (instruction instanceof FieldInsnNode field) {
            boolean isStatic = field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC;
            addField(field.owner, field.name, field.desc, isStatic);
        } else if (instruction instanceof TypeInsnNode type && type.getOpcode() == Opcodes.NEW) {
            addInstantiation(type.desc);
        } else if (instruction instanceof LdcInsnNode constant) {
            addConstant(constant.cst);
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            addConstant(dynamic.bsm);
            Stream.of(dynamic.bsmArgs).forEach(this::addConstant);
            if (dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
                addLambda(dynamic);
            }
        }
    }

    private static MethodUse.Call call(int opcode) {
        return switch (opcode) {
            case Opcodes.INVOKESTATIC -> MethodUse.Call.STATIC;
            case Opcodes.INVOKESPECIAL -> MethodUse.Call.SPECIAL;
            default -> MethodUse.Call.INSTANCE;
        };
    }

    private void addConstant(Object constant) {
        if (constant instanceof Handle handle) {
            addHandle(handle);
        } else if (constant instanceof ConstantDynamic dynamic) {
            addHandle(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                addConstant(dynamic.getBootstrapMethodArgument(i));
            }
        }
    }

    private void addHandle(Handle handle) {
        String owner = handle.getOwner();
        switch (handle.getTag()) {
            case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD -> addField(owner, handle.getName(), handle.getDesc(), false);
            case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC -> addField(owner, handle.getName(), handle.getDesc(), true);
            case Opcodes.H_NEWINVOKESPECIAL -> {
                addInstantiation(owner);
                addMethod(owner, handle.getName(), handle.getDesc(), MethodUse.Call.SPECIAL, handle.isInterface());
            }
            case Opcodes.H_INVOKESTATIC ->
                addMethod(owner, handle.getName(), handle.getDesc(), MethodUse.Call.STATIC, handle.isInterface());
            case Opcodes.H_INVOKESPECIAL ->
                addMethod(owner, handle.getName(), handle.getDesc(), MethodUse.Call.SPECIAL, handle.isInterface());
            default ->
                addMethod(owner, handle.getName(), handle.getDesc(), MethodUse.Call.INSTANCE, handle.isInterface());
        }
    }

    private void addMethod(String owner, String name, String descriptor, MethodUse.Call call, boolean onInterface) {
        if (touchesOpenfire.test(owner)) {
            references.add(new MethodUse(from, owner, name, descriptor, call, onInterface));
        }
    }

    private void addField(String owner, String name, String descriptor, boolean isStatic) {
        if (touchesOpenfire.test(owner)) {
            references.add(new FieldUse(from, owner, name, descriptor, isStatic));
        }
    }

    private void addInstantiation(String type) {
        if (touchesOpenfire.test(type)) {
            references.add(new Instantiation(from, type));
        }
    }

    /**
     * A lambda is a class that the JVM makes: of the interface that the call site returns, implementing one method in
     * the descriptor of the first argument. After the third one may stand further interfaces and descriptors.
     */
    private void addLambda(InvokeDynamicInsnNode lambda) {
        List<Type> asked = Stream.concat(
                Stream.of(Type.getReturnType(lambda.desc), lambda.bsmArgs[0]),
                Stream.of(lambda.bsmArgs).skip(3))
            .filter(Type.class::isInstance)
            .map(Type.class::cast)
            .toList();
        List<String> interfaces = asked.stream()
            .filter(type -> type.getSort() == Type.OBJECT)
            .map(Type::getInternalName)
            .toList();
        List<ApiMember> methods = asked.stream()
            .filter(type -> type.getSort() == Type.METHOD)
            .map(type -> new ApiMember(lambda.name, type.getDescriptor(), Opcodes.ACC_PUBLIC))
            .toList();
        if (interfaces.stream().anyMatch(touchesOpenfire)) {
            references.add(new Inheritance(from, new ApiType(
                from + "$lambda", Opcodes.ACC_FINAL, Optional.of("java/lang/Object"), interfaces, methods)));
        }
    }
}
