package org.igniterealtime.openfire.plugin.omemo.embedded;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Runs code with classes of its own: all of the class path anew, except the plugin's own classes, which Openfire is to
 * find in the jar. Openfire keeps its state in statics, so this is how to start one more than once in a JVM, and how to
 * start one where Maven has put the plugin's classes on the class path.
 */
public final class Isolated {

    private static final String PLUGIN_CLASS = "org/igniterealtime/openfire/plugin/omemo/OmemoPlugin.class";

    private Isolated() {
    }

    /**
     * Runs a program.
     *
     * @param mainClass the name of a class with a public {@code main}
     * @throws Exception what the program throws
     */
    public static void main(String mainClass, String... args) throws Exception {
        run(mainClass, type -> type.getMethod("main", String[].class).invoke(null, (Object) args));
    }

    /**
     * Runs a task and returns what it returns; only strings cross the border between the two sets of classes.
     *
     * @param task a public class with a public constructor without parameters
     * @throws Exception what the task throws, with its class as it is known inside
     */
    public static String call(Class<? extends Function<String[], String>> task, String... args) throws Exception {
        return (String) run(task.getName(), type -> {
            Object instance = type.getConstructor().newInstance();
            return Function.class.getMethod("apply", Object.class).invoke(instance, (Object) args);
        });
    }

    /** The class path on which tests run, without the plugin's own classes. */
    static List<Path> classPath() {
        List<Path> elements = new ArrayList<>();
        try {
            if (Isolated.class.getClassLoader() instanceof URLClassLoader loader) {
                for (URL url : loader.getURLs()) {
                    elements.add(Path.of(url.toURI()));
                }
            } else {
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of).forEach(elements::add);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        elements.removeIf(element -> Files.exists(element.resolve(PLUGIN_CLASS)));
        return elements;
    }

    private static Object run(String className, Use use) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // Never closed: daemon threads of libraries, such as Smack's, live on and may still load classes.
            ClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
            thread.setContextClassLoader(loader);
            return use.of(loader.loadClass(className));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw (Error) e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] urls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path element : classPath()) {
            urls.add(element.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private interface Use {
        Object of(Class<?> type) throws Exception;
    }
}
