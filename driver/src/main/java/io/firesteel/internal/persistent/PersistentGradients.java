package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.internal.gradient.DriverMerge;
import io.firesteel.internal.gradient.GradientSource;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.ThreadTeam;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import io.firesteel.internal.shard.Split;
import io.firesteel.internal.spark.DriverConnection;
import io.firesteel.internal.spark.DriverEndpoint;
import io.firesteel.internal.spark.TaskSlots;
import io.firesteel.metric.Sums;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Gradients from tasks that stay for a shift of many steps. Where a shift cannot run, a Spark job per step does: fewer
 * slots than tasks, or other jobs in them. The result has the same bits either way, in every step.
 */
public final class PersistentGradients implements GradientSource {
    /** Spark's setting for the seconds of a shift. */
    public static final String SHIFT = "spark.firesteel.shift";

    private static final Logger LOG = System.getLogger("io.firesteel");
    private static final double SHIFT_SECONDS = 20;
    private static final int JOIN_SECONDS = 5; // from the first task to the last
    private static final double RETRY_SECONDS = 1; // until a shift is tried again, doubled each time
    private static final double MOST_RETRY_SECONDS = 30;
    private static final int STALL_SECONDS = 5; // where the user allows speculation on slow tasks
    private static final int END_SECONDS = 2; // that tasks have to end by themselves
    private static final double IDLE_SECONDS = 0.2; // between two steps, after which another job gets the slots
    private static final long LOOK = 100; // milliseconds
    private static final int ENDPOINT_THREADS = 4;

    private final JavaSparkContext spark;
    private final JavaRDD<ShardRange> shardRanges;
    private final WorkerConfig job;
    private final GradientSource jobs; // what runs where a shift cannot
    private final PhaseTimes phases;
    private final DriverMerge merge;
    private final VectorSender sender;
    private final StepServer server;
    private final DriverEndpoint endpoint;
    private final String name;
    private final ShiftTurns turns;
    private final int tasks;
    private final double shiftSeconds;
    private final boolean speculates;
    private final Timer watch = new Timer("firesteel-shifts", true);

    private volatile Shift shift; // null between shifts
    private volatile boolean due; // whether it is to end
    private long request;
    private long retry = System.nanoTime(); // when a shift may begin
    private double retrySeconds = RETRY_SECONDS;
    private boolean told; // that a job per step runs

    /**
     * Starts to serve; the first sum starts the tasks.
     *
     * @param jobs the same sums by a job per step; closed with this one
     */
    public PersistentGradients(
            JavaSparkContext spark,
            JavaRDD<ShardRange> shardRanges,
            WorkerConfig job,
            GradientSource jobs,
            boolean oneProcess,
            ThreadTeam team,
            PhaseTimes phases) {
        this.spark = spark;
        this.shardRanges = shardRanges;
        this.job = job;
        this.jobs = jobs;
        this.phases = phases;
        this.merge = new DriverMerge(job, team);
        this.name = "firesteel-" + job.id();
        this.sender = new VectorSender(name, oneProcess);
        this.server = new StepServer(job.shards(), sender);
        this.endpoint = new DriverEndpoint(name, ENDPOINT_THREADS, server);
        this.turns = ShiftTurns.of(spark.sc());
        this.tasks = shardRanges.getNumPartitions();
        this.shiftSeconds = spark.getConf().getDouble(SHIFT, SHIFT_SECONDS);
        this.speculates = spark.getConf().getBoolean("spark.speculation", false);
        watch.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        letOthersIn();
                    }
                },
                LOOK,
                LOOK);
    }

    @Override
    public String name() {
        return "spark-persistent";
    }

    @Override
    public GradientSum sum(float[] params, Batch batch) {
        long start = System.nanoTime();
        List<GradientSum> sums = answers(StepRequest.gradients(++request, batch, params));
        if (sums == null) return jobs.sum(params, batch);
        List<TaskTime> times = new ArrayList<>();
        for (GradientSum sum : sums) times.addAll(sum.times);
        start = phases.job(times, start);
        GradientSum total = merge.total(sums);
        phases.since("merge", start);
        return total;
    }

    @Override
    public Sums evaluate(float[] params, Split split) {
        List<GradientSum> sums = answers(StepRequest.evaluation(++request, split, params));
        return sums == null
                ? jobs.evaluate(params, split)
                : merge.evaluation(sums).sums();
    }

    @Override
    public NonFinite nonFinite(float[] params, Batch batch) {
        end();
        return jobs.nonFinite(params, batch);
    }

    /** What the tasks answer; null where no shift can run, or has been given up. */
    private List<GradientSum> answers(StepRequest next) {
        try {
            if (due) end();
            while (shift != null || begin()) {
                if (!server.start(next)) { // it has just ended, since another job waited
                    end();
                    continue;
                }
                long start = System.nanoTime();
                while (!server.await(LOOK)) {
                    shift.check();
                    String why = stuck(start);
                    if (why == null) continue;
                    shift.cancel();
                    end();
                    later(why);
                    return null;
                }
                retrySeconds = RETRY_SECONDS;
                return server.sums();
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for tasks", e);
        }
    }

    /** Why a request that began at {@code start} is not waited for any longer; null while it is. */
    private String stuck(long start) {
        int joined = server.joined(), slots = TaskSlots.now(spark);
        if (slots < tasks) return "there are " + slots + " task slots for " + tasks + " tasks";
        if (joined < tasks && server.secondsSinceFirstJoin() > JOIN_SECONDS)
            return joined + " of " + tasks + " tasks got a slot within " + JOIN_SECONDS + " s";
        if (speculates && (System.nanoTime() - start) / 1e9 > STALL_SECONDS)
            return "a task has taken more than " + STALL_SECONDS + " s";
        return null;
    }

    /** Starts a shift; false where none can run now. */
    private boolean begin() throws InterruptedException {
        if (System.nanoTime() < retry) return false;
        if (TaskSlots.now(spark) < tasks) {
            later("there are " + TaskSlots.now(spark) + " task slots for " + tasks + " tasks");
            return false;
        }
        turns.take(tasks, () -> TaskSlots.now(spark));
        try {
            shift = new Shift(spark, turns, shardRanges, job, name, server.open());
        } finally {
            if (shift == null) turns.giveBack(tasks);
        }
        due = false;
        return true;
    }

    /** Says once why a job per step runs, and when a shift is tried again. */
    private void later(String why) {
        if (!told) LOG.log(Level.INFO, "a Spark job per step runs for now: {0}", why);
        told = true;
        retry = System.nanoTime() + (long) (retrySeconds * 1e9);
        retrySeconds = Math.min(MOST_RETRY_SECONDS, 2 * retrySeconds);
    }

    /** Ends the shift, if there is one. */
    private void end() {
        due = false;
        Shift ending = shift;
        if (ending == null) return;
        server.end();
        ending.finish(END_SECONDS);
        shift = null;
    }

    /** Marks a shift as due, and ends one that has nothing to do while a job waits. */
    private void letOthersIn() {
        Shift now = shift;
        if (now == null) return;
        try {
            if (now.isDue(shiftSeconds)) due = true;
            if (now.isContended() && server.endIfIdle(IDLE_SECONDS)) due = true;
        } catch (RuntimeException e) { // as when Spark is ending
            LOG.log(Level.DEBUG, "a look at the jobs failed", e);
        }
    }

    @Override
    public void close() {
        watch.cancel();
        try {
            end();
            endpoint.close();
            sender.close();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "Spark has ended before its shift", e);
        } finally {
            jobs.close();
        }
    }

    /** Whether this Spark has what shifts are made of; a vendor's build may not. */
    public static boolean isPossible(JavaSparkContext spark) {
        String name = "firesteel-probe-" + System.nanoTime();
        try {
            TaskSlots.now(spark);
            DriverEndpoint probe = new DriverEndpoint(name, 1, (message, reply) -> {});
            new DriverConnection(name).send(new byte[0]);
            probe.close();
            return true;
        } catch (LinkageError e) {
            LOG.log(Level.INFO, "this Spark cannot keep tasks, a job per step runs: {0}", e.toString());
            return false;
        }
    }
}
