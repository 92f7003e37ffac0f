package io.firesteel.infer;

import io.firesteel.metric.Sums;
import io.firesteel.model.CompiledModel;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.row.InputScaler;
import io.firesteel.row.RowBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Rows on their way through a model, one pass a thread: they come in one after the other and are answered in that
 * order, by the thread that brings them. At most one pass more than there are threads is under way.
 */
final class PredictionPipeline implements AutoCloseable {
    static final int ROWS = 64; // of one pass

    private final SavedModel saved;
    private final InputScaler normalizer;
    private final int threads;
    private final ExecutorService pool;
    private final Work work;
    private final Answers answers;
    private final ArrayDeque<Pass> running = new ArrayDeque<>(); // in the order of their rows
    private Pass next; // takes rows; null until there is one

    /** What is computed of the rows of a pass. */
    interface Work {
        /** Returns predictions, or null where it leaves sums in the pass. */
        float[] run(Pass pass);
    }

    /** Takes a pass that is done; its arrays change afterwards. */
    interface Answers {
        void take(Pass pass) throws IOException;
    }

    /** Rows [first, first + rows) in a program of their own. */
    final class Pass {
        final CompiledModel program = new CompiledModel(saved.model(), ROWS);
        long first;
        int rows;
        Sums sums; // of an evaluation
        private Future<float[]> running;

        /** Waits for what the work returns. */
        float[] outputs() throws IOException {
            try {
                return running.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                throw new IOException("interrupted at row " + first, e);
            }
        }
    }

    PredictionPipeline(SavedModel saved, int threads, Work work, Answers answers) {
        this.saved = saved;
        this.normalizer = new InputScaler(saved.model());
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
        this.work = work;
        this.answers = answers;
    }

    /** Takes the next row of a source. */
    void add(long row, RowBuffer buffer) {
        if (next == null) next = running.size() > threads ? answered() : new Pass();
        if (next.rows == 0) next.first = row;
        normalizer.apply(
                buffer, next.rows, next.program.x, saved.model().input().size());
        System.arraycopy(
                buffer.targets, 0, next.program.targets, next.rows * buffer.targets.length, buffer.targets.length);
        if (++next.rows == ROWS) start();
    }

    private void start() {
        Pass pass = next;
        pass.running = pool.submit(() -> work.run(pass));
        running.add(pass);
        next = null;
    }

    /** Hands the answers of the oldest pass on; it can be filled again then. */
    private Pass answered() {
        Pass pass = running.poll();
        try {
            pass.outputs();
            answers.take(pass);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pass.rows = 0;
        return pass;
    }

    /** Answers all rows that are under way. */
    void end() {
        if (next != null) start();
        while (!running.isEmpty()) answered();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
