package io.firesteel.infer;

import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.model.CompiledModel;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.row.InputScaler;
import io.firesteel.source.Source;
import io.firesteel.spec.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A saved model at work on the rows of a source, in their order: the calling thread reads and takes the answers, the
 * cores of this machine compute passes meanwhile. What is in memory does not grow with the source.
 */
public final class Inference {
    private final SavedModel saved;
    private final int threads;

    public Inference(SavedModel saved) {
        this(saved, Runtime.getRuntime().availableProcessors());
    }

    Inference(SavedModel saved, int threads) {
        this.saved = saved;
        this.threads = threads;
    }

    /** Takes the predictions of one row. The arrays change with the next. */
    public interface Predictions {
        /**
         * @param row its number in the source, from 0
         * @param targets what the source says: a label, or values
         * @param outputs probabilities or values; those of this row start at {@code from}
         */
        void accept(long row, float[] targets, float[] outputs, int from) throws IOException;
    }

    /** The loss and the metrics of all rows. */
    public Evaluation evaluate(Source source) throws IOException {
        Metrics metrics = saved.model().summary();
        Sums total = metrics.zero();
        passes(
                source,
                pass -> {
                    pass.sums = metrics.zero();
                    pass.program.evaluate(saved.params(), pass.rows, pass.sums);
                    return null;
                },
                pass -> total.add(pass.sums));
        return Evaluation.of(metrics, total);
    }

    /** Sends every row's prediction to the sink, in order. */
    public void predict(Source source, Predictions sink) throws IOException {
        int outputs = saved.model().outputs(), width = saved.model().targets();
        float[] targets = new float[width];
        passes(source, pass -> pass.program.predict(saved.params(), pass.rows), pass -> {
            for (int r = 0; r < pass.rows; r++) {
                System.arraycopy(pass.program.targets, r * width, targets, 0, width);
                sink.accept(pass.first + r, targets, pass.outputs(), r * outputs);
            }
        });
    }

    /**
     * Predictions [rows, outputs] of rows that are in memory: {@code raw} [rows, the model's input], pixels divided by
     * 255.
     */
    public float[] predict(float[] raw) {
        int width = saved.model().input().size(), outputs = saved.model().outputs(), rows = raw.length / width;
        if (rows * width != raw.length)
            throw new SpecException(
                    raw.length + " numbers, wanted rows of [" + saved.model().input() + "]");
        float[] all = new float[rows * outputs];
        CompiledModel program = new CompiledModel(saved.model(), Math.min(PredictionPipeline.ROWS, rows));
        InputScaler normalizer = new InputScaler(saved.model());
        for (int from = 0; from < rows; from += PredictionPipeline.ROWS) {
            int count = Math.min(PredictionPipeline.ROWS, rows - from);
            normalizer.apply(raw, from * width, count * width, program.x, 0);
            System.arraycopy(program.predict(saved.params(), count), 0, all, from * outputs, count * outputs);
        }
        return all;
    }

    private void passes(Source source, PredictionPipeline.Work work, PredictionPipeline.Answers answers)
            throws IOException {
        try (PredictionPipeline passes = new PredictionPipeline(saved, threads, work, answers)) {
            source.read(source.schema().labelLimit(saved.model().outputs()), passes::add);
            passes.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
