package io.firesteel.internal.persistent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.runtime.AbstractFunction1;

/** Shifts on two executor processes: the same bits, and others get their turn. */
class PersistentGradientsTest {
    private static final String SOURCE = "spark-persistent";

    @TempDir
    Path folder;

    @Test
    void anyNumberOfTasksAndOfShiftsGivesTheSameBits() throws IOException {
        Fixture fixture = new Fixture(folder);
        String expected = inProcess(fixture, "shards=16");
        try (JavaSparkContext spark = cluster("local-cluster[2,8,1024]", PersistentGradients.SHIFT, "0.05")) {
            for (int tasks : new int[] {2, 4, 8, 16})
                assertEquals(expected, fixture.train(spark, Fixture.options(SOURCE, tasks), "shards=16"), tasks + "");
        }
    }

    /** A vector of 2 MB, which goes by blocks. */
    @Test
    void longVectorsLeaveNoBlockBehind() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] large = {
            "model=[\"Flatten\",{\"type\":\"Dense\",\"units\":700},{\"type\":\"Dense\",\"units\":700},"
                    + "{\"type\":\"Dense\",\"units\":4}]",
            "epochs=1"
        };
        String expected = inProcess(fixture, large);
        try (JavaSparkContext spark = cluster("local-cluster[2,2,1024]", PersistentGradients.SHIFT, "0.2")) {
            assertEquals(expected, fixture.train(spark, Fixture.options(SOURCE, 4), large));
            assertEquals(0, vectorBlocks());
            List<Integer> executors =
                    spark.parallelize(List.of(1, 2, 3, 4), 4).map(new Count()).collect();
            assertEquals(List.of(0, 0, 0, 0), executors);
        }
    }

    private static int vectorBlocks() {
        return SparkEnv.get()
                .blockManager()
                .getMatchingBlockIds(new VectorBlocks())
                .size();
    }

    private record Count() implements Function<Integer, Integer> {
        @Override
        public Integer call(Integer task) {
            return vectorBlocks();
        }
    }

    private static final class VectorBlocks extends AbstractFunction1<BlockId, Object> {
        @Override
        public Object apply(BlockId id) {
            return id.name().startsWith("test_firesteel");
        }
    }

    @Test
    void moreTasksThanSlotsTrainByAJobPerStep() throws IOException {
        Fixture fixture = new Fixture(folder);
        String expected = inProcess(fixture);
        try (JavaSparkContext spark = cluster("local-cluster[2,1,1024]")) {
            assertEquals(expected, fixture.train(spark, Fixture.options(SOURCE, 4)));
        }
    }

    /** Four fits on two slots, and a job within a fit's own listener, which waits for the slots that the fit holds. */
    @Test
    void fitsAndJobsBesideAFitAllFinish() throws Exception {
        Fixture fixture = new Fixture(folder);
        String expected = inProcess(fixture);
        ExecutorService pool = Executors.newFixedThreadPool(5);
        try (JavaSparkContext spark = cluster("local-cluster[2,1,1024]")) {
            List<Future<String>> fits = new ArrayList<>();
            for (int i = 0; i < 4; i++) fits.add(pool.submit(() -> fixture.train(spark, Fixture.options(SOURCE, 2))));
            Callable<Long> query = () -> spark.parallelize(List.of(1, 2, 3), 3).count();
            assertEquals(3, pool.submit(query).get(1, TimeUnit.MINUTES));
            for (Future<String> fit : fits) assertEquals(expected, fit.get(2, TimeUnit.MINUTES));

            List<Long> counts = Collections.synchronizedList(new ArrayList<>());
            new Training(Run.read(fixture.run(), List.of("epochs=1")))
                    .train(spark, Fixture.options(SOURCE, 2), new JobInAStep(spark, counts));
            assertTrue(counts.size() > 1 && counts.stream().allMatch(count -> count == 3), counts.toString());
        } finally {
            pool.shutdownNow();
        }
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("firesteel-shifts")));
    }

    private static String inProcess(Fixture fixture, String... overrides) throws IOException {
        try (JavaSparkContext spark = Fixture.spark("local[2]")) {
            return fixture.train(spark, Fixture.options("in-process", 0), overrides);
        }
    }

    private static JavaSparkContext cluster(String master, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("spark.executor.extraClassPath", System.getProperty("java.class.path")));
        return Fixture.spark(master, all.toArray(String[]::new));
    }
}
