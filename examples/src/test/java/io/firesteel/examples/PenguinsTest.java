package io.firesteel.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tabular data, end to end. */
class PenguinsTest {
    @TempDir
    Path folder;

    interface Main {
        void run(String[] args) throws IOException;
    }

    @Test
    void aTunedPipelineSaysTheSameInANewProcess() throws IOException, InterruptedException {
        String[] args = {".", folder + "/tuned"};
        String accuracy = printed(TunePenguins::main, args).stream()
                .filter(line -> line.startsWith("accuracy "))
                .findFirst()
                .orElseThrow();
        double[] found = Arrays.stream(accuracy.replaceAll("[^\\d., E-]", "").split(","))
                .map(String::strip)
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(4, found.length);
        assertTrue(Arrays.stream(found).max().orElseThrow() > 0.97, accuracy);
        List<String> here = penguins(printed(PredictPenguins::main, args));
        assertEquals(342, here.size());
        assertEquals(here, penguins(inANewProcess(PredictPenguins.class, args)));
        long right = here.stream()
                .filter(line -> line.contains("[Adelie,0.0,")
                        || line.contains("[Gentoo,1.0,")
                        || line.contains("[Chinstrap,2.0,"))
                .count();
        assertTrue(right > 0.97 * 342, right + " of 342");
    }

    private static List<String> penguins(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("penguin ")).toList();
    }

    private static List<String> printed(Main main, String[] args) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            main.run(args);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> inANewProcess(Class<?> main, String[] args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }
}
