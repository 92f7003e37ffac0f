package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.firesteel.Fixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executor processes on this machine, started by Spark from this test's own class path. */
class LocalClusterTest {
  @TempDir Path folder;

  @Test void executorsInOtherProcessesGiveTheSameBits() throws IOException {
    Path home = Path.of(System.getenv("SPARK_HOME")); // Spark asks for it; the build points it at a folder of the build
    Files.createDirectories(home.resolve("jars"));
    Fixture fixture = new Fixture(folder);
    String inProcess;
    try (JavaSparkContext spark = Fixture.spark("local[2]")) {
      inProcess = fixture.train(spark, Fixture.options("in-process", 0));
    }
    String classPath = System.getProperty("java.class.path");
    try (
        JavaSparkContext spark = Fixture.spark("local-cluster[2,1,1024]", "spark.executor.extraClassPath", classPath)) {
      assertEquals(inProcess, fixture.train(spark, Fixture.options("auto", 0)));
      assertEquals(inProcess, fixture.train(spark, Fixture.options("spark", 4)));
    }
  }
}
