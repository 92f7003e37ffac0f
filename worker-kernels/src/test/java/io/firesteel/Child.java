package io.firesteel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A Java process with this one's class path and flags, for what is decided once a process. */
public final class Child {
    private final String main;
    private final List<String> flags = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);

    public Child(Class<?> main) {
        this.main = main.getName();
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
            if (!flag.startsWith("-Xmx") && !flag.startsWith("-Dfiresteel.") && !flag.startsWith("-javaagent"))
                flags.add(flag);
        flags.add("-Xmx256m");
        classPath.addAll(Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)));
        builder.environment().keySet().removeIf(key -> key.startsWith("FIRESTEEL_"));
    }

    public Child property(String key, Object value) {
        flags.add("-D" + key + "=" + value);
        return this;
    }

    public Child environment(String key, String value) {
        builder.environment().put(key, value);
        return this;
    }

    public Child withoutFlag(String flag) {
        if (!flags.remove(flag)) throw new IllegalArgumentException(flag + " is not among " + flags);
        return this;
    }

    /** Leaves out the jars whose file name fits. */
    public Child withoutJars(Predicate<String> name) {
        if (!classPath.removeIf(jar -> name.test(Path.of(jar).getFileName().toString())))
            throw new IllegalArgumentException("nothing to leave out of " + classPath);
        return this;
    }

    /** Puts a folder before everything else. */
    public Child folder(Path folder) {
        classPath.add(0, folder.toString());
        return this;
    }

    /** Standard output and error of the process, which must end with 0. */
    public List<String> lines() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        Process process = builder.command(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
