package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller from Java sees of the driver: no type of Scala but where Spark's own classes demand one. */
class PublicApiTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** A method may name a Scala type only where it overrides one of Spark's, since it cannot be called otherwise. */
    @Test
    void noPublicSignatureNamesScala() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        int looked = 0;
        for (Class<?> type : publicTypes()) {
            looked++;
            for (Method method : type.getDeclaredMethods())
                if (visible(method) && namesScala(method) && !overridesSparks(type, method))
                    found.add(method.toString());
            for (Constructor<?> constructor : type.getDeclaredConstructors())
                if (visible(constructor) && namesScala(constructor)) found.add(constructor.toString());
            for (Field field : type.getDeclaredFields())
                if (visible(field.getModifiers()) && isScala(field.getType())) found.add(field.toString());
        }
        assertTrue(looked > 40, "classes were found: " + looked);
        assertEquals(new TreeSet<>(), found);
    }

    /** Only this one: javac cannot bring the types of Scala's two together. */
    @Test
    void whatSparkDemandsIsOneMethod() throws Exception {
        List<String> demanded = new ArrayList<>();
        for (Class<?> type : publicTypes())
            for (Method method : type.getDeclaredMethods())
                if (visible(method) && !method.isBridge() && namesScala(method)) demanded.add(method.getName());
        assertEquals(List.of("findSummaryModel"), demanded);
    }

    private static boolean visible(Executable member) {
        return visible(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean namesScala(Executable member) {
        return Stream.concat(
                        Arrays.stream(member.getParameterTypes()),
                        member instanceof Method method ? Stream.of(method.getReturnType()) : Stream.empty())
                .anyMatch(PublicApiTest::isScala);
    }

    private static boolean isScala(Class<?> type) {
        return type.getName().startsWith("scala.");
    }

    private static boolean overridesSparks(Class<?> type, Method method) {
        for (Class<?> above = type.getSuperclass(); above != null; above = above.getSuperclass())
            if (above.getName().startsWith("org.apache.spark."))
                for (Method theirs : above.getMethods())
                    if (theirs.getName().equals(method.getName())
                            && Arrays.equals(theirs.getParameterTypes(), method.getParameterTypes())) return true;
        return false;
    }

    private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                if (file.endsWith("package-info.java") || file.toString().contains("internal")) continue;
                String name =
                        SOURCES.relativize(file).toString().replace('/', '.').replaceAll("\\.java$", "");
                add(Class.forName(name, false, PublicApiTest.class.getClassLoader()), found);
            }
        }
        return found;
    }

    private static void add(Class<?> type, List<Class<?>> found) {
        if (!visible(type.getModifiers())) return;
        found.add(type);
        for (Class<?> inner : type.getDeclaredClasses()) add(inner, found);
    }
}
