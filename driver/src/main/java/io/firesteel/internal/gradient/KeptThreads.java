package io.firesteel.internal.gradient;

import io.firesteel.internal.cluster.SparkCluster;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * What tasks keep in an executor from one step of a run to the next: the threads of a team, compiled models and
 * gradient vectors, one set per thread of Spark. They are kept by thread, since Spark serializes a task's result on the
 * thread that made it, after the task: only that thread's next task may overwrite the vectors.
 */
final class KeptThreads {
    private static final int TASKS_PER_EXECUTOR = 8;
    private static final int ATTEMPTS = 3;
    private static final Map<String, Map<Thread, ParallelShardSum.Threads>> RUNS = new ConcurrentHashMap<>();

    private KeptThreads() {}

    /** This thread's set for a run, of as many threads as Spark gives cores to a task, {@code spark.task.cpus}. */
    static ParallelShardSum.Threads of(WorkerConfig job, int cores) {
        return RUNS.computeIfAbsent(job.id(), id -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        Thread.currentThread(),
                        thread -> new ParallelShardSum.Threads(new ThreadTeam(cores), () -> new ShardWorker(job)));
    }

    /** Frees what this process keeps of a run. */
    static void free(String run) {
        Map<Thread, ParallelShardSum.Threads> kept = RUNS.remove(run);
        if (kept != null) for (ParallelShardSum.Threads threads : kept.values()) threads.team.close();
    }

    /** Frees what all executors keep of a run, as far as they can be reached; a lost one has freed it by its end. */
    static void freeEverywhere(JavaSparkContext spark, String run) {
        Set<String> reached = new HashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS && !spark.sc().isStopped(); attempt++) {
            int executors = SparkCluster.executors(spark), tasks = TASKS_PER_EXECUTOR * executors;
            List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
            reached.addAll(spark.parallelize(numbers, tasks).map(new Free(run)).collect());
            if (reached.size() >= executors) return;
        }
    }

    private record Free(String run) implements Function<Integer, String> {
        @Override
        public String call(Integer task) {
            free(run);
            return SparkEnv.get().executorId();
        }
    }

    /** Runs of which this process keeps something. */
    static int runs() {
        return RUNS.size();
    }
}
