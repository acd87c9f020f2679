package org.igniterealtime.openfire.plugin.omemo.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/** The lookups that the packaged plugin declares: the constants of its {@code OpenfireSymbol}. */
final class PluginLookups {

    private static final String DECLARATIONS = "org.igniterealtime.openfire.plugin.omemo.server.OpenfireSymbol";

    private PluginLookups() {
    }

    static List<Lookup> of(Collection<byte[]> classFiles) throws ReflectiveOperationException {
        Class<?> declarations = new PackagedClasses(classFiles).loadClass(DECLARATIONS);
        List<Lookup> lookups = new ArrayList<>();
        for (Object symbol : declarations.getEnumConstants()) {
            List<String> owners = new ArrayList<>();
            for (Object owner : (List<?>) declarations.getMethod("owners").invoke(symbol)) {
                owners.add(((String) owner).replace('.', '/'));
            }
            List<String> parameters = new ArrayList<>();
            for (Object parameter : (List<?>) declarations.getMethod("parameters").invoke(symbol)) {
                parameters.add(Type.getDescriptor((Class<?>) parameter));
            }
            lookups.add(new Lookup(DECLARATIONS + "." + symbol, text(symbol, "kind"), text(symbol, "since"),
                text(symbol, "until"), owners, text(symbol, "method"), parameters));
        }
        return lookups;
    }

    private static String text(Object symbol, String property) throws ReflectiveOperationException {
        return symbol.getClass().getMethod(property).invoke(symbol).toString();
    }

    /** Loads the packaged classes; those of Openfire come from the test's classpath. */
    private static final class PackagedClasses extends ClassLoader {

        private final Map<String, byte[]> classFiles = new HashMap<>();

        PackagedClasses(Collection<byte[]> classFiles) {
            super(PluginLookups.class.getClassLoader());
            for (byte[] bytes : classFiles) {
                this.classFiles.put(ApiType.readable(new ClassReader(bytes).getClassName()), bytes);
            }
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classFiles.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
