package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.spark.TaskSlots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** One Spark job whose tasks stay until the shift ends. */
final class Shift {
    private static final Logger LOG = System.getLogger("io.firesteel");
    private static final double CONTENDED = 0.5; // seconds, after which a shift ends if another job is there

    private final JavaSparkContext spark;
    private final ShiftTurns turns;
    private final int tasks;
    private final int slots; // when it began
    private final long begun = System.nanoTime();
    private final JavaFutureAction<Void> job;

    /** Starts the tasks; the caller has taken the turn. */
    Shift(
            JavaSparkContext spark,
            ShiftTurns turns,
            JavaRDD<ShardRange> shardRanges,
            WorkerConfig config,
            String endpoint,
            long id) {
        this.spark = spark;
        this.turns = turns;
        this.tasks = shardRanges.getNumPartitions();
        this.slots = TaskSlots.now(spark);
        this.job = shardRanges.foreachPartitionAsync(new PersistentTask(config, endpoint, id));
    }

    /** Whether the shift is to end at the next step: its time is over, others wait, or the cluster has changed. */
    boolean isDue(double seconds) {
        double age = (System.nanoTime() - begun) / 1e9;
        return age > seconds || age > CONTENDED && isContended() || TaskSlots.now(spark) != slots;
    }

    /** Whether another job runs or waits beside this one. */
    boolean isContended() {
        List<Integer> mine = job.jobIds();
        return turns.isContended()
                || Arrays.stream(spark.statusTracker().getActiveJobIds()).anyMatch(id -> !mine.contains(id));
    }

    /** Throws what has ended the job, if it has ended. */
    void check() {
        if (!job.isDone()) return;
        try {
            job.get();
        } catch (ExecutionException e) {
            throw Shift.<RuntimeException>asIs(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the tasks of a shift ended in mid-step");
    }

    /** What ends a job of a step, too: Spark's exceptions are checked ones, and Scala does not declare them. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E asIs(Throwable cause) throws E {
        throw (E) cause;
    }

    /** Waits so long for the tasks, which have been told to end, then ends them; gives back the turn. */
    void finish(long seconds) {
        try {
            if (!spark.sc().isStopped()) job.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            job.cancel(true);
        } catch (ExecutionException | CancellationException e) {
            LOG.log(Level.DEBUG, "a shift ended with an error when its work was done", e);
        } catch (InterruptedException e) {
            job.cancel(true);
            Thread.currentThread().interrupt();
        } finally {
            turns.giveBack(tasks);
        }
    }

    /** Ends the tasks at once. */
    void cancel() {
        job.cancel(true);
    }
}
