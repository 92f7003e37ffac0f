package io.firesteel.studies;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spec.Specs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs trials as Spark tasks, as many at once as there are task slots; trials of a search come first, since others wait
 * for them.
 */
final class TrialScheduler implements AutoCloseable {
    private final JavaSparkContext spark;
    private final TrialTask task;
    private final TrialStore store;
    private final BiConsumer<TrialResult, Boolean> done;
    private final ThreadPoolExecutor threads;
    private final AtomicLong submitted = new AtomicLong();

    /** {@code done} is called with every result and whether it came from the store; on any thread. */
    TrialScheduler(
            JavaSparkContext spark,
            int slots,
            TrialTask task,
            TrialStore store,
            BiConsumer<TrialResult, Boolean> done) {
        this.spark = spark;
        this.task = task;
        this.store = store;
        this.done = done;
        this.threads = new ThreadPoolExecutor(slots, slots, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), run -> {
            Thread thread = new Thread(run, "firesteel-trials");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a trial; returns its future result. */
    CompletableFuture<TrialResult> start(TrialSpec spec) {
        Submission submission = new Submission(spec, submitted.getAndIncrement());
        threads.execute(submission);
        return submission.result;
    }

    /** Waits for all trials; rethrows the exception of a failed one. */
    static List<TrialResult> join(List<CompletableFuture<TrialResult>> started) {
        try {
            return started.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A trial that was submitted. */
    private final class Submission implements Runnable, Comparable<Submission> {
        final TrialSpec spec;
        final long number;
        final CompletableFuture<TrialResult> result = new CompletableFuture<>();

        Submission(TrialSpec spec, long number) {
            this.spec = spec;
            this.number = number;
        }

        @Override
        public void run() {
            try {
                TrialResult found = store.find(spec);
                boolean known = found != null;
                if (!known) {
                    String answer = spark.parallelize(List.of(Specs.write(spec).toString()), 1)
                            .map(task)
                            .collect()
                            .get(0);
                    JsonNode text = Specs.parse("result", answer);
                    store.keep(spec, text);
                    found = Specs.read("result", text, TrialResult.class);
                }
                done.accept(found, known);
                result.complete(found);
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        }

        @Override
        public int compareTo(Submission other) {
            int first = spec.trial().phase().compareTo(other.spec.trial().phase());
            return first != 0 ? first : Long.compare(number, other.number);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
