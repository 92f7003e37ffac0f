package io.firesteel.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.internal.gradient.AggregationPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without waiting for the driver to collect garbage, which is when Spark cleans up by itself. */
class LeakTest {
    @TempDir
    Path folder;

    @Test
    void hundredsOfStepsLeaveNoVectorAndNoShuffleBehind() throws IOException {
        Fixture fixture = new Fixture(folder);
        try (JavaSparkContext spark = Fixture.spark("local[2]", AggregationPlan.MOST, "2")) {
            for (String gradients : List.of("spark", "spark-slices", AggregationPlan.PERSISTENT))
                fixture.train(spark, Fixture.options(gradients, 4), "epochs=30", "model[4].units=4");
            MapOutputTrackerMaster shuffles =
                    (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
            assertEquals(0, shuffles.shuffleStatuses().size());
            System.gc();
            for (int wait = 0; blocks() > 10 && wait < 100; wait++)
                pause(); // what Spark broadcasts for itself, a few kB a job
            assertTrue(blocks() <= 10, blocks() + " blocks are left of 600 steps");
            assertTrue(spark.getPersistentRDDs().isEmpty());
        }
    }

    private static int blocks() {
        return SparkEnv.get()
                .blockManager()
                .getMatchingBlockIds(new Broadcasts())
                .size();
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Broadcasts
            extends scala.runtime.AbstractFunction1<org.apache.spark.storage.BlockId, Object> {
        @Override
        public Object apply(org.apache.spark.storage.BlockId id) {
            return id.isBroadcast();
        }
    }
}
