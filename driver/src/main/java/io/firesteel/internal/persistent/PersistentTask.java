package io.firesteel.internal.persistent;

import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.TaskSum;
import io.firesteel.internal.gradient.WorkerConfig;
import io.firesteel.internal.measure.TaskTime;
import io.firesteel.internal.shard.ShardRange;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;

/** A task that stays for a shift: it answers one request after the other for the shards of its partition. */
final class PersistentTask implements VoidFunction<Iterator<ShardRange>> {
    private static final long serialVersionUID = 1;

    private final WorkerConfig job;
    private final String endpoint;
    private final long shift;

    PersistentTask(WorkerConfig job, String endpoint, long shift) {
        this.job = job;
        this.endpoint = endpoint;
        this.shift = shift;
    }

    @Override
    public void call(Iterator<ShardRange> shardRanges) throws InterruptedException {
        TaskContext context = TaskContext.get();
        ExecutorSteps steps = ExecutorSteps.enter(endpoint, shift, job.shards(), context.partitionId());
        try { // the driver knows by now that this task has a slot, however long its rows take to be read
            TaskSum shards = new TaskSum(job, shardRanges.next(), context.cpus());
            for (ExecutorSteps.StepWork work = null; (work = steps.next(work, context)) != null; )
                steps.give(work, sums(shards, work.request()));
        } finally {
            steps.leave();
        }
    }

    private static List<GradientSum> sums(TaskSum shards, StepRequest request) {
        return request.split() == null
                ? shards.gradients(request.params(), request.batch(), TaskTime.clock())
                : shards.evaluations(request.params(), request.split());
    }
}
