package io.firesteel.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Scala that the README shows, typed into a shell: spark-shell where its artifact is on the class path (Spark
 * 3.5's), else the REPL that spark-shell is made of.
 */
class ScalaShellTest {
    private static final String TABLE = """
      val images = spark.range(128).selectExpr("transform(sequence(1, 784), i -> (id * i) % 7 / 7.0) as features", \
      "cast(id % 10 as double) label")
      val others = images
      """;
    private static final String SESSION = """
      val spark = org.apache.spark.sql.SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")\
      .getOrCreate()
      """;

    @TempDir
    Path folder;

    @Test
    void theScalaOfTheReadmeTrainsInAShell() throws IOException, InterruptedException {
        Matcher shown = Pattern.compile("(?s)```scala\n(.*?)```").matcher(Files.readString(Path.of("../README.md")));
        assertTrue(shown.find(), "the README has Scala");
        boolean sparks = isThere("org/apache/spark/repl/Main.class");
        String typed = (sparks ? "" : SESSION) + TABLE + shown.group(1)
                + "\nprintln(\"rows \" + model.transform(others).count() + \" of \" + model.numClasses)\n:quit\n";
        String printed = shell(sparks ? "org.apache.spark.repl.Main" : "scala.tools.nsc.MainGenericRunner", typed);
        assertTrue(printed.contains("rows 128 of 10"), printed);
        assertTrue(!printed.contains("error:"), printed);
    }

    private static boolean isThere(String file) {
        return ScalaShellTest.class.getClassLoader().getResource(file) != null;
    }

    private String shell(String main, String typed) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments())
            if (!flag.startsWith("-Xmx") && !flag.startsWith("-javaagent")) command.add(flag);
        command.addAll(List.of(
                "-Xmx1g",
                "-Dscala.usejavacp=true",
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                main));
        if (main.startsWith("scala.")) command.add("-usejavacp");
        Path input = Files.writeString(folder.resolve("typed.scala"), typed);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }
}
