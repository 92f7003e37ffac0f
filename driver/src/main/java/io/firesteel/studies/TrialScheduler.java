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
 * Carries out orders as Spark tasks, as many at once as there are slots; those of a search, which others wait for,
 * first.
 */
final class TrialScheduler implements AutoCloseable {
    private final JavaSparkContext spark;
    private final TrialTask task;
    private final TrialStore archive;
    private final BiConsumer<TrialResult, Boolean> done;
    private final ThreadPoolExecutor threads;
    private final AtomicLong orders = new AtomicLong();

    /** {@code done} is told of every result, with whether it was in the archive; from any thread. */
    TrialScheduler(
            JavaSparkContext spark,
            int slots,
            TrialTask task,
            TrialStore archive,
            BiConsumer<TrialResult, Boolean> done) {
        this.spark = spark;
        this.task = task;
        this.archive = archive;
        this.done = done;
        this.threads = new ThreadPoolExecutor(slots, slots, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), run -> {
            Thread thread = new Thread(run, "firesteel-trials");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The result, soon. */
    CompletableFuture<TrialResult> start(TrialSpec order) {
        Errand errand = new Errand(order, orders.getAndIncrement());
        threads.execute(errand);
        return errand.result;
    }

    /** Waits for all; throws what one of them threw. */
    static List<TrialResult> join(List<CompletableFuture<TrialResult>> started) {
        try {
            return started.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** An order on its way. */
    private final class Errand implements Runnable, Comparable<Errand> {
        final TrialSpec order;
        final long number;
        final CompletableFuture<TrialResult> result = new CompletableFuture<>();

        Errand(TrialSpec order, long number) {
            this.order = order;
            this.number = number;
        }

        @Override
        public void run() {
            try {
                TrialResult found = archive.find(order);
                boolean known = found != null;
                if (!known) {
                    String answer = spark.parallelize(List.of(Specs.write(order).toString()), 1)
                            .map(task)
                            .collect()
                            .get(0);
                    JsonNode text = Specs.parse("result", answer);
                    archive.keep(order, text);
                    found = Specs.read("result", text, TrialResult.class);
                }
                done.accept(found, known);
                result.complete(found);
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        }

        @Override
        public int compareTo(Errand other) {
            int first = order.trial().phase().compareTo(other.order.trial().phase());
            return first != 0 ? first : Long.compare(number, other.number);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
