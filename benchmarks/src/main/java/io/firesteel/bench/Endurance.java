package io.firesteel.bench;

import io.firesteel.array.Init;
import io.firesteel.array.Shape;
import io.firesteel.internal.gradient.AggregationPlan;
import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.persistent.ClusterGradients;
import io.firesteel.internal.persistent.PersistentGradients;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SquaredError;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import scala.runtime.AbstractFunction1;

/**
 * Thousands of steps by one source of gradients, and what they leave behind over time: heap after a collection and
 * threads of the driver and of the fullest executor, the driver's blocks of broadcasts, the fullest process's blocks of
 * vectors, shuffles, and the jobs that Spark remembers. The last line is what stays when the source has been closed.
 *
 * <p>{@code Endurance MASTER STEPS SOURCE SECONDS}, the seconds of a shift where tasks stay, for example
 * {@code Endurance local-cluster[2,2,1024] 50000 spark-persistent 0.25}.
 */
public final class Endurance {
    private static final int TASKS = 4;
    private static final int LINES = 20;

    private final JavaSparkContext spark;

    private Endurance(JavaSparkContext spark) {
        this.spark = spark;
    }

    public static void main(String[] args) throws IOException {
        System.setProperty(PersistentGradients.SHIFT, args[3]);
        try (JavaSparkContext spark = StepOverhead.spark(args[0])) {
            new Endurance(spark).measure(Integer.parseInt(args[1]), args[2]);
        }
    }

    private void measure(int steps, String source) throws IOException {
        ModelSpec model = new ModelSpec(
                new Shape(StepOverhead.FEATURES),
                Normalization.NONE,
                new Sequential(List.of(new Dense(1000, true, new Init.Zeros()))),
                new SquaredError(),
                1);
        float[] params = new float[model.layout().size()];
        int[] starts = new ReductionTree(TASKS).ranges(TASKS);
        WorkerConfig job = new WorkerConfig("endurance", model, TASKS, TASKS, 1, null);
        JavaRDD<ShardRange> shardRanges =
                ShardRangeRdd.of(StepOverhead.data(spark, TASKS).shardRanges(spark, starts));
        AggregationPlan plan = AggregationPlan.of(source, spark, starts, TASKS, params.length);
        System.out.printf(
                "%8s %10s %8s %13s %8s %10s %8s %8s %8s%n",
                "step", "driver MB", "threads", "executors MB", "threads", "broadcasts", "vectors", "shuffles", "jobs");
        try (ThreadTeam team = new ThreadTeam(2)) {
            try (GradientSource gradients =
                    ClusterGradients.of(plan, spark, shardRanges, job, starts, team, new PhaseTimes())) {
                for (int step = 0; step <= steps; step++) {
                    gradients.sum(params, new Batch(step, 0, 0, TASKS));
                    if (step % Math.max(1, steps / LINES) == 0) line(Integer.toString(step));
                }
            }
        }
        line("closed");
    }

    private void line(String step) {
        ProcessUse driver = ProcessUse.here();
        List<ProcessUse> executors = spark.parallelize(Collections.nCopies(TASKS, 0), TASKS)
                .map(task -> ProcessUse.here())
                .collect();
        int shuffles = ((MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker())
                .shuffleStatuses()
                .size();
        System.out.printf(
                "%8s %10.1f %8d %13.1f %8d %10d %8d %8d %8d%n",
                step,
                driver.heap,
                driver.threads,
                executors.stream().mapToDouble(ProcessUse::heap).max().orElseThrow(),
                executors.stream().mapToInt(ProcessUse::threads).max().orElseThrow(),
                driver.broadcasts,
                Math.max(
                        driver.vectors,
                        executors.stream().mapToInt(ProcessUse::vectors).max().orElseThrow()),
                shuffles,
                spark.statusTracker().getJobIdsForGroup(null).length);
    }

    /** What a process uses. */
    private record ProcessUse(double heap, int threads, int broadcasts, int vectors) implements Serializable {
        static ProcessUse here() {
            System.gc();
            Runtime process = Runtime.getRuntime();
            return new ProcessUse(
                    (process.totalMemory() - process.freeMemory()) / 1e6,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    blocks("broadcast"),
                    blocks("test_firesteel"));
        }

        private static int blocks(String prefix) {
            return SparkEnv.get()
                    .blockManager()
                    .getMatchingBlockIds(new Named(prefix))
                    .size();
        }
    }

    private static final class Named extends AbstractFunction1<BlockId, Object> {
        private final String prefix;

        Named(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Object apply(BlockId id) {
            return id.name().startsWith(prefix);
        }
    }
}
