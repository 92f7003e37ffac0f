package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.firesteel.Fixture;
import io.firesteel.train.DivergedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors keep nothing of a run that has ended. */
class KeptThreadsTest {
    private static final String TASK_CPUS = "2"; // so that tasks have threads of their own

    @TempDir
    Path folder;

    @Test
    void aRunThatEndsOrFailsLeavesNoThreadOrBufferInExecutors() throws IOException {
        Fixture fixture = new Fixture(folder);
        String[] diverges = {"schedule.rate=1e30", "optimizer=Sgd"};
        try (JavaSparkContext spark = Fixture.spark(
                "local-cluster[2,2,1024]",
                "spark.task.cpus",
                TASK_CPUS,
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"))) {
            for (String gradients : List.of("spark", "spark-slices", "spark-persistent")) {
                fixture.train(spark, Fixture.options(gradients, 4), "epochs=1");
                assertEquals(List.of("0 runs, 0 threads"), kept(spark), gradients);
            }
            assertThrows(DivergedException.class, () -> fixture.train(spark, Fixture.options("spark", 4), diverges));
            assertEquals(List.of("0 runs, 0 threads"), kept(spark), "diverged");
        }
    }

    /** What executors report, without repetition. */
    private static List<String> kept(JavaSparkContext spark) {
        return spark.parallelize(IntStream.range(0, 8).boxed().toList(), 8)
                .map(new Look())
                .distinct()
                .collect();
    }

    private record Look() implements Function<Integer, String> {
        @Override
        public String call(Integer task) throws InterruptedException {
            Thread[] team = new Thread[0];
            for (int wait = 0; wait < 100; wait++) { // closed threads end within milliseconds
                team = Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().matches("firesteel-\\d+"))
                        .toArray(Thread[]::new);
                if (team.length == 0) break;
                team[0].join(100);
            }
            return KeptThreads.runs() + " runs, " + team.length + " threads";
        }
    }
}
