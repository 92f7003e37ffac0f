package io.firesteel.train;

import static io.firesteel.Fixture.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.firesteel.Fixture;
import io.firesteel.internal.gradient.AggregationPlan;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch of 10 divides neither the 93 training rows nor by the 4 shards. */
class SameBitsTest {
    private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";
    private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

    @TempDir
    Path folder;

    @Test
    void threadsPartitionsAndSerializersLeaveNoTraceInTheWeights() throws IOException {
        Fixture fixture = new Fixture(folder);
        String expected = null;
        for (String master : new String[] {"local[1]", "local[2]", "local[3]"}) {
            try (JavaSparkContext spark = Fixture.spark(master, "spark.serializer", KRYO)) {
                String hash = fixture.train(spark, options("in-process", 0));
                expected = expected == null ? hash : expected;
                assertEquals(expected, hash, "in-process on " + master);
                for (int partitions = 1; partitions <= 4; partitions++)
                    assertEquals(
                            expected,
                            fixture.train(spark, options("spark", partitions)),
                            partitions + " partitions, Kryo");
            }
        }
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            for (int partitions : new int[] {1, 3, 16})
                assertEquals(
                        expected,
                        fixture.train(spark, options("spark", partitions)),
                        partitions + " partitions, Java's serializer");
            assertNotEquals(expected, fixture.train(spark, options("auto", 0), "seed=2"));
            assertNotEquals(expected, fixture.train(spark, options("auto", 0), "shards=5"));
        }
    }

    @Test
    void tasksOfSeveralThreadsLeaveNoTraceInTheWeights() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] run = {"shards=7"};
        String expected;
        try (JavaSparkContext spark = Fixture.spark("local[1]")) {
            expected = fixture.train(spark, options("in-process", 0), run);
        }
        for (String cores : new String[] {"2", "3"}) {
            try (JavaSparkContext spark = Fixture.spark("local[6]", "spark.task.cpus", cores)) {
                for (String gradients : new String[] {"spark", "spark-slices"})
                    for (int partitions : new int[] {0, 1, 5})
                        assertEquals(
                                expected,
                                fixture.train(spark, options(gradients, partitions), run),
                                gradients + " on " + partitions + " tasks of " + cores + " threads");
            }
        }
    }

    /** Their norms are taken on one thread each. */
    @Test
    void optimizersThatLookAtWholeSlicesDoSoOnAnyNumberOfThreads() throws IOException {
        Fixture fixture = new Fixture(folder);
        for (String optimizer : new String[] {"Lars", "Lamb"}) {
            String[] run = {"optimizer=" + optimizer, "weightDecay=0.01"};
            String expected = null;
            for (String master : new String[] {"local[1]", "local[2]", "local[3]"}) {
                try (JavaSparkContext spark = Fixture.spark(master)) {
                    String hash = fixture.train(spark, options("in-process", 0), run);
                    expected = expected == null ? hash : expected;
                    assertEquals(expected, hash, optimizer + " on " + master);
                }
            }
        }
    }

    /** The noise that it follows is measured by whoever computes and merges, in one order. */
    @Test
    void adaScaleFindsTheSameRatesWhereverItsNoiseIsMeasured() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] run = {
            "schedule={\"type\":\"AdaScale\",\"baseBatch\":2,\"then\":{\"type\":\"Step\",\"rate\":0.1,\"every\":50}}"
        };
        String expected = null;
        for (String master : new String[] {"local[1]", "local[3]"}) {
            try (JavaSparkContext spark = Fixture.spark(master)) {
                if (expected == null) expected = fixture.train(spark, options("in-process", 0), run);
                assertEquals(expected, fixture.train(spark, options("in-process", 0), run), "in-process on " + master);
                assertEquals(expected, fixture.train(spark, options("spark", 3), run), "spark on " + master);
                assertEquals(expected, fixture.train(spark, options("spark-slices", 4), run), "slices on " + master);
                assertNotEquals(expected, fixture.train(spark, options("in-process", 0), "schedule.rate=0.1"));
            }
        }
    }

    /** Up to five middle levels, groups of which the last is cut off, and slices of which some are empty. */
    @Test
    void roundsOnExecutorsLeaveNoTraceInTheWeights() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] run = {"shards=31", "stop.steps=4"};
        String expected = null;
        for (int most : new int[] {2, 5}) {
            try (JavaSparkContext spark = Fixture.spark(
                    "local[2]",
                    "spark.serializer",
                    most == 2 ? KRYO : JAVA,
                    AggregationPlan.MOST,
                    "" + most,
                    AggregationPlan.SLICES,
                    "" + 4 * most)) {
                if (expected == null) expected = fixture.train(spark, options("in-process", 0), run);
                for (int partitions : new int[] {7, 31}) {
                    String where = partitions + " partitions, " + most + " sums for the driver";
                    assertEquals(expected, fixture.train(spark, options("spark", partitions), run), where);
                    assertEquals(expected, fixture.train(spark, options("spark-slices", partitions), run), where);
                }
            }
        }
    }

    /** What is dropped depends on the row and the epoch, not on who computes it, nor on where a resumed run begins. */
    @Test
    void dropoutLeavesNoTraceOfTheMachine() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] run = {Fixture.DROPOUT};
        String expected = null;
        for (String master : new String[] {"local[1]", "local[3]"}) {
            try (JavaSparkContext spark = Fixture.spark(master)) {
                if (expected == null) expected = fixture.train(spark, options("in-process", 0), run);
                assertEquals(expected, fixture.train(spark, options("in-process", 0), run), "in-process on " + master);
                assertEquals(expected, fixture.train(spark, options("spark", 3), run), "spark on " + master);
                assertEquals(expected, fixture.train(spark, options("spark-slices", 4), run), "slices on " + master);
                assertNotEquals(expected, fixture.train(spark, options("in-process", 0)));
            }
        }
    }

    @Test
    void aTaskForEachOf256ShardsLeavesNoTraceInTheWeights() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] run = {"shards=256", "stop.steps=3"};
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            String expected = fixture.train(spark, options("in-process", 0), run);
            for (String gradients : new String[] {"spark", "spark-slices"})
                assertEquals(expected, fixture.train(spark, options(gradients, 256), run), gradients);
        }
    }

    @Test
    void moreShardsThanRowsInABatchAndThanRowsAtAll() throws IOException {
        Fixture fixture = new Fixture(folder);
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            for (String shards : new String[] {"shards=13", "shards=150"})
                assertEquals(
                        fixture.train(spark, options("in-process", 0), shards),
                        fixture.train(spark, options("spark", 5), shards));
        }
    }
}
