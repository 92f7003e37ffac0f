package io.firesteel.studies.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.Fixture;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemBenchmarkTest {
    private static final String SUMMARY = """
      {"goals": [{"fit": {"found": true, "criticalBatch": 20},
        "batches": [{"batch": 10, "steps": {"median": 300}}, {"batch": 40, "steps": {"median": 150}},
          {"batch": 80, "steps": {"median": null}}]}]}
      """;

    @TempDir
    Path folder;

    private Run run;

    @BeforeEach
    void files() throws IOException {
        run = Run.read(new Fixture(folder).run(), List.of());
        Files.writeString(folder.resolve("summary.json"), SUMMARY);
    }

    @Test
    void onALocalMasterThreadsAreMeasuredAndThoseAboveTheCoresAreMarked() throws IOException {
        JsonNode system;
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            system = measured(spark, List.of(1, 2, 3));
        }
        assertEquals("in-process", system.get("route").textValue());
        assertEquals(9, system.get("cells").size());
        int cores = system.get("cores").intValue();
        for (JsonNode cell : system.get("cells")) {
            boolean over = cell.get("workers").intValue() > cores;
            assertEquals(over, cell.get("oversubscribed").booleanValue(), cell.toString());
            assertEquals(
                    cell.get("batch").intValue()
                            / cell.get("seconds").get("p50").doubleValue(),
                    cell.get("throughput").doubleValue(),
                    1e-6);
            if (cell.get("workers").intValue() == 1)
                assertEquals(1, cell.get("strongEfficiency").doubleValue());
            if (cell.get("batch").intValue() == 80)
                assertTrue(cell.get("timeToGoal").isNull()); // the goal was not reached
            double parts = 0;
            for (JsonNode phase : cell.get("ledger")) parts += phase.get("mean").doubleValue();
            assertEquals(
                    cell.get("seconds").get("mean").doubleValue(),
                    parts,
                    0.1 * parts,
                    "the ledger is the step: " + cell);
        }
        assertEquals(cores < 3, system.get("warnings").toString().contains("W = 3 exceeds"));
        assertTrue(system.get("predictions").isEmpty());
        assertTrue(system.get("model").get("reason").textValue().startsWith("a local master has no network"));
    }

    @Test
    void onAClusterTasksAreMeasuredAndLargerClustersPredicted() throws IOException {
        JsonNode system;
        try (JavaSparkContext spark = Fixture.spark(
                "local-cluster[2,1,1024]", "spark.executor.extraClassPath", System.getProperty("java.class.path"))) {
            system = measured(spark, List.of(1, 2));
        }
        assertEquals("spark", system.get("route").textValue());
        assertTrue(system.get("model").get("found").booleanValue());
        assertTrue(system.get("model").get("heldOut").get("cells").intValue() > 0, "cells that the fit has not seen");
        assertFalse(system.get("predictions").isEmpty());
        for (JsonNode each : system.get("predictions")) {
            assertTrue(each.get("workers").intValue() <= each.get("batch").intValue(), each.toString());
            assertTrue(each.get("low").doubleValue() <= each.get("seconds").doubleValue()
                    && each.get("seconds").doubleValue() <= each.get("high").doubleValue());
        }
        JsonNode soonest = system.get("advice").get("measured").get("time");
        assertTrue(soonest.get("batch").intValue() != 80, "a batch that never reached the goal is not advised");
    }

    private JsonNode measured(JavaSparkContext spark, List<Integer> workers) throws IOException {
        SystemBenchmark.measure(spark, run, workers, List.of(10, 40, 80), folder.toString());
        return Specs.parse("system", Files.readString(folder.resolve("system.json")));
    }
}
