package org.igniterealtime.openfire.plugin.omemo.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.Type;

/** The types that no recording covers, read by reflection: those of the running JDK and of the server's libraries. */
final class RuntimeTypes {

    private RuntimeTypes() {
    }

    static Optional<ApiType> type(String internalName) {
        try {
            return Optional.of(type(Class.forName(
                internalName.replace('/', '.'), false, RuntimeTypes.class.getClassLoader())));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static ApiType type(Class<?> type) {
        List<ApiMember> members = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            members.add(new ApiMember(method.getName(), Type.getMethodDescriptor(method), method.getModifiers()));
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            members.add(new ApiMember(
                "<init>", Type.getConstructorDescriptor(constructor), constructor.getModifiers()));
        }
        for (Field field : type.getDeclaredFields()) {
            members.add(new ApiMember(field.getName(), Type.getDescriptor(field.getType()), field.getModifiers()));
        }
        Class<?> superclass = type.isInterface() ? Object.class : type.getSuperclass();
        return new ApiType(
            Type.getInternalName(type),
            type.getModifiers(),
            Optional.ofNullable(superclass).map(Type::getInternalName),
            Stream.of(type.getInterfaces()).map(Type::getInternalName).toList(),
            members);
    }
}
