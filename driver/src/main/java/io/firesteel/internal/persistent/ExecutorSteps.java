package io.firesteel.internal.persistent;

import io.firesteel.array.Floats;
import io.firesteel.internal.gradient.GradientSum;
import io.firesteel.internal.gradient.ReductionTree;
import io.firesteel.internal.gradient.ReductionTree.Merge;
import io.firesteel.internal.spark.DriverConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * What the tasks of a shift share in one executor: the parameters, which come once, and the sums, which are merged as
 * far as they are siblings in the tree and leave in one message. The task that is done last sends it.
 */
final class ExecutorSteps {
    private static final Map<String, ExecutorSteps> OPEN = new ConcurrentHashMap<>();
    private static final long KILLED_WITHIN = 100; // milliseconds until a waiting task sees that it is to end

    private final String key;
    private final long shift;
    private final DriverConnection driver;
    private final VectorSender sender;
    private final List<Merge> merges;
    private final GradientSum[] nodes; // [first shard]: those of the request that have not been sent

    private int tasks;
    private int done; // tasks that have given their sums for the request
    private final Set<Thread> readers = new HashSet<>(); // of the parameters
    private int busy; // threads that read or write nodes' vectors
    private int turn; // counts the times that a request was begun, for the first time or again
    private StepRequest request; // null before the first
    private boolean asking; // whether an answer is on its way
    private boolean ended;
    private Throwable failure;

    /** What a task works on: a request, and the turn that this is. */
    record StepWork(StepRequest request, int turn) {}

    private ExecutorSteps(String key, String endpoint, long shift, int shards) {
        this.key = key;
        this.shift = shift;
        this.driver = new DriverConnection(endpoint);
        this.sender = new VectorSender(
                endpoint + "-" + shift, SparkEnv.get().executorId().equals("driver"));
        this.merges = new ReductionTree(shards).merges();
        this.nodes = new GradientSum[shards];
    }

    /** Joins a task to the others of its shift in this process. */
    static ExecutorSteps enter(String endpoint, long shift, int shards, int partition) {
        ExecutorSteps steps = OPEN.compute(endpoint + " " + shift, (key, open) -> {
            ExecutorSteps found = open == null ? new ExecutorSteps(key, endpoint, shift, shards) : open;
            synchronized (found) {
                found.tasks++;
            }
            return found;
        });
        steps.driver.send(VectorMessage.of(new SumMessage(shift, partition, SumMessage.JOINS, List.of()).head()));
        return steps;
    }

    /** Waits for the request after {@code last}, which is null at first; null when the shift is over. */
    synchronized StepWork next(StepWork last, TaskContext context) throws InterruptedException {
        if (request == null && !asking) ask(VectorMessage.of(new SumMessage(shift, -1, 0, List.of()).head()));
        while (!ended && failure == null && (busy > 0 || isDone(last))) {
            wait(KILLED_WITHIN);
            if (context.isInterrupted()) throw new TaskKilledException("cancelled");
        }
        if (ended) return null;
        if (failure != null) throw new IllegalStateException("the driver cannot be reached: " + failure, failure);
        readers.add(Thread.currentThread());
        return new StepWork(request, turn);
    }

    private boolean isDone(StepWork last) {
        return request == null || last != null && last.turn == turn;
    }

    private boolean isStale(StepWork work) {
        return work.turn != turn;
    }

    /** Takes in a task's sums; their vectors are read until {@link #next} returns to it. */
    void give(StepWork work, List<GradientSum> heads) {
        synchronized (this) {
            readers.remove(Thread.currentThread());
            if (isStale(work)) return;
            busy++;
        }
        for (GradientSum head : heads) merge(work, head);
        synchronized (this) {
            busy--;
            if (!isStale(work)) done++;
            notifyAll();
        }
        boolean more = true;
        while (more) more = send();
    }

    /** Adds a node to its sibling, if that is there, and so on up the tree. */
    private void merge(StepWork work, GradientSum node) {
        while (true) {
            GradientSum sibling;
            synchronized (this) {
                if (isStale(work)) return;
                sibling = takeSibling(node);
                if (sibling == null) {
                    nodes[node.from] = node;
                    return;
                }
            }
            GradientSum left = node.from < sibling.from ? node : sibling, right = left == node ? sibling : node;
            if (left.hasGradient()) Floats.add(right.gradient(), left.gradient(), 0, left.gradient().length);
            left.take(right);
            node = left;
        }
    }

    private GradientSum takeSibling(GradientSum node) {
        for (Merge merge : merges) {
            boolean isLeft = merge.into() == node.from && merge.from() == node.to();
            if (!isLeft && !(merge.from() == node.from && merge.end() == node.to())) continue;
            GradientSum sibling = nodes[isLeft ? merge.from() : merge.into()];
            if (sibling == null || sibling.to() != (isLeft ? merge.end() : merge.from())) continue;
            nodes[sibling.from] = null;
            return sibling;
        }
        return null;
    }

    /** Sends what there is if every task has given its sums; false where there was nothing to send. */
    private boolean send() {
        SumMessage sums;
        boolean asks;
        synchronized (this) {
            if (busy > 0 || done < tasks || failure != null) return false;
            List<GradientSum> left = new ArrayList<>();
            for (int i = 0; i < nodes.length; i++) {
                if (nodes[i] != null) left.add(nodes[i]);
                nodes[i] = null;
            }
            if (left.isEmpty()) return false;
            sums = new SumMessage(shift, -1, request.number(), left);
            asks = !asking;
            asking = true;
            busy++;
        }
        try {
            byte[] bytes = sender.message(sums.number(), sums.head(), sums.gradients());
            if (asks) ask(bytes);
            else driver.send(bytes);
        } finally {
            synchronized (this) {
                busy--;
                notifyAll();
            }
        }
        return true;
    }

    private void ask(byte[] bytes) {
        synchronized (this) {
            asking = true;
        }
        driver.ask(bytes, this::answered, this::failed);
    }

    private void answered(byte[] answer) {
        if (answer.length == StepRequest.SHIFT_ENDS.length) {
            synchronized (this) {
                asking = false;
                ended = true;
                notifyAll();
            }
            return;
        }
        VectorMessage.receive(answer, new VectorMessage.Recipient() {
            @Override
            public void received(VectorMessage.VectorInput vectors) throws IOException {
                float[] free;
                synchronized (ExecutorSteps.this) {
                    free = request == null || !readers.isEmpty() ? null : request.params();
                }
                next(StepRequest.read(VectorMessage.head(answer), vectors, free));
            }

            @Override
            public void failed(Throwable cause) {
                ExecutorSteps.this.failed(cause);
            }
        });
    }

    private synchronized void next(StepRequest next) {
        asking = false;
        request = next;
        restart();
        notifyAll();
    }

    private synchronized void failed(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    private void restart() {
        turn++;
        done = 0;
        for (int i = 0; i < nodes.length; i++) nodes[i] = null;
    }

    /**
     * A task ends. Where it does so in mid-shift, a node may have its vectors, which its thread's next task overwrites:
     * what has not been sent is computed again.
     */
    void leave() {
        OPEN.computeIfPresent(key, (key, steps) -> {
            synchronized (this) {
                tasks--;
                if (tasks == 0) sender.close();
                return tasks == 0 ? null : steps;
            }
        });
        boolean interrupted = false;
        synchronized (this) {
            readers.remove(Thread.currentThread());
            while (busy > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (!ended) restart();
            notifyAll();
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
