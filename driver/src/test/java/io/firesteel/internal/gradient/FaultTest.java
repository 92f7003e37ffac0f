package io.firesteel.internal.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.firesteel.Fixture;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.ShardRangeRdd;
import io.firesteel.row.RowSchema;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.TaskKilled;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What only the scheduler can do to a run, on two executor processes; what a person can do is in deploy/test/faults.sh.
 */
class FaultTest {
    private static JavaSparkContext spark;
    private static String undisturbed;

    @Timeout(120)
    @BeforeAll
    static void start() throws Exception {
        try (JavaSparkContext local = Fixture.spark("local[2]")) {
            undisturbed = train(local);
        }
        spark = Fixture.spark(
                "local-cluster[2,1,1024]",
                "spark.executor.extraClassPath",
                System.getProperty("java.class.path"),
                "spark.locality.wait",
                "0");
        while (spark.sc().statusTracker().getExecutorInfos().length < 3) Thread.sleep(50); // the driver counts
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    @Test
    void attemptsThatAreKilledAreRunAgainToTheSameBits() {
        Watch watch = new Watch() {
            @Override
            public void onTaskStart(SparkListenerTaskStart start) {
                long id = start.taskInfo().taskId();
                if (id % 9 == 0 && start.taskInfo().attemptNumber() == 0)
                    spark.sc().killTaskAttempt(id, id % 2 == 0, "test");
            }
        };
        assertEquals(undisturbed, watch.during(() -> train(spark)));
        assertTrue(watch.killed > 0, "no attempt was killed in time");
    }

    @Timeout(120)
    @Test
    void aPortionMovesToTheExecutorThatTookOver() throws IOException {
        RowSchema schema = run().data().train().schema();
        PackedDataset dataset = run().rows(spark, run().model(schema), schema);
        JavaRDD<ShardRange> shardRanges = ShardRangeRdd.of(dataset.shardRanges(spark, new int[] {0, 2}));
        shardRanges.count();
        dataset.close();
        Watch watch = new Watch();
        watch.during(() ->
                spark.sc().killAndReplaceExecutor(jobOver(shardRanges).get(0).executorId()));
        while (!watch.replaced) watch.during(shardRanges::count); // the one that is left reads everything
        jobOver(shardRanges); // one portion moves
        for (int job = 0; job < 5; job++) {
            List<TaskInfo> tasks = jobOver(shardRanges);
            assertEquals(2, tasks.stream().map(TaskInfo::executorId).distinct().count(), "executors with a portion");
            for (TaskInfo task : tasks)
                assertEquals("PROCESS_LOCAL", task.taskLocality().toString());
        }
        shardRanges.unpersist(true);
    }

    private static List<TaskInfo> jobOver(JavaRDD<ShardRange> shardRanges) {
        Watch watch = new Watch();
        watch.during(shardRanges::count);
        return watch.ended;
    }

    /** Notes the tasks that end, and whether an executor came. */
    private static class Watch extends SparkListener {
        final List<TaskInfo> ended = new ArrayList<>();
        int killed;
        boolean replaced;

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            ended.add(end.taskInfo());
            if (end.reason() instanceof TaskKilled) killed++;
        }

        @Override
        public void onExecutorAdded(SparkListenerExecutorAdded added) {
            replaced = true;
        }

        <T> T during(Callable<T> work) {
            spark.sc().addSparkListener(this);
            try {
                T result = work.call();
                spark.sc().listenerBus().waitUntilEmpty();
                return result;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                spark.sc().removeSparkListener(this);
            }
        }
    }

    private static String train(JavaSparkContext on) throws IOException {
        return new Training(run())
                .train(on, Training.Options.DEFAULT)
                .summary()
                .get("weightsSha256")
                .textValue();
    }

    private static Run run() throws IOException {
        return Run.read("../examples/fashion-lenet/run.json", List.of("batch=256", "stop.steps=60"));
    }
}
