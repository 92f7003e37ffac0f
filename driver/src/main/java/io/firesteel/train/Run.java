package io.firesteel.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.layer.Layer;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Metric;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import io.firesteel.optim.Clipping;
import io.firesteel.optim.Optimizer;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.schedule.Schedule;
import io.firesteel.source.Source;
import io.firesteel.spec.Default;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A whole experiment as plain data; its file is {@code run.json}.
 *
 * @param data where rows come from
 * @param normalization shift and scale of the raw inputs
 * @param model the layers, from input to output
 * @param loss what is minimized
 * @param optimizer how the parameters follow the gradient
 * @param schedule the learning rate as a function of the step
 * @param weightDecay lambda of J = L + lambda/2 ||W||^2, on weights and not on biases; AdamW decays weights apart from
 *     the gradient
 * @param batch rows per update
 * @param epochs passes over the training rows
 * @param seed seed of the initial weights, of the order of rows and of all other randomness
 * @param shards number of logical shards; changing it changes the floating-point result, changing the cluster does not
 * @param dropLast whether the rows left at the end of an epoch, fewer than a batch, are skipped
 * @param stop when to stop before all epochs are done
 * @param checkpoint when to save checkpoints, and how many to keep
 * @param metrics what is reported besides the loss; null for the usual ones (accuracy for class labels)
 * @param clipping how the mean gradient is bounded before the optimizer's step; null for not at all
 */
public record Run(
        Data data,
        @Default("{}") Normalization normalization,
        List<Layer> model,
        Loss loss,
        Optimizer optimizer,
        Schedule schedule,
        @Default("0") double weightDecay,
        int batch,
        int epochs,
        @Default("1") long seed,
        @Default("4") int shards,
        @Default("false") boolean dropLast,
        @Default("{}") Stop stop,
        @Default("{}") CheckpointPolicy checkpoint,
        @Default("null") List<Metric> metrics,
        @Default("null") Clipping clipping) {

    /**
     * Where rows come from, and where packed rows are cached.
     *
     * @param train the training rows
     * @param test the test rows, evaluated once at the end
     * @param validation which training rows are used for validation instead
     * @param seed seed of the validation split and of the assignment of rows to shards; the run's seed if null
     * @param storage where packed training rows are cached
     */
    public record Data(
            Source train,
            @Default("null") Source test,
            @Default("{}") ValidationSplit validation,
            @Default("null") Long seed,
            @Default("MEMORY_AND_DISK") RowStorage storage) {}

    /**
     * Ends a run early.
     *
     * @param steps the number of updates after which to stop; 0 for never
     */
    public record Stop(@Default("0") long steps) {}

    /**
     * When checkpoints are saved, and how many are kept.
     *
     * @param steps save every so many steps; 0 for never
     * @param epochs save every so many epochs; 0 for never
     * @param minutes save every so many minutes; 0 for never
     * @param keep how many of the newest are kept
     * @param best whether to keep also the one with the lowest validation loss
     */
    public record CheckpointPolicy(
            @Default("0") long steps,
            @Default("1") long epochs,
            @Default("0") double minutes,
            @Default("2") int keep,
            @Default("false") boolean best) {
        public CheckpointPolicy {
            positive("keep", keep);
        }
    }

    public Run {
        positive("batch", batch);
        positive("epochs", epochs);
        positive("shards", shards);
        if (schedule.learningRate() == null)
            throw new IllegalArgumentException(
                    "schedule: key \"learningRate\" is missing; it takes a number above 0, such as 0.001");
        if (shards < 2 && schedule.needsNoise())
            throw new IllegalArgumentException("shards is above 1 for " + Specs.name(schedule.getClass())
                    + ", which compares their gradients; got " + shards);
        if (!(weightDecay >= 0)) throw new IllegalArgumentException("weightDecay is not negative, got " + weightDecay);
    }

    private static void positive(String name, long value) {
        if (value <= 0) throw new IllegalArgumentException(name + " is above 0, got " + value);
    }

    /** Reads a run file; relative paths in it are resolved against its folder. Each override is {@code path=value}. */
    public static Run read(String path, List<String> overrides) throws IOException {
        JsonNode tree = Specs.parse(path, HadoopFiles.text(path));
        for (String override : overrides) tree = RunOverrides.apply(tree, override);
        try {
            return Specs.read("", tree, Run.class).under(HadoopFiles.folder(path));
        } catch (SpecException e) {
            throw new SpecException(path + ": " + e.getMessage(), e);
        }
    }

    /** The same run with another number of shards. */
    public Run withShards(int count) {
        return with(data, schedule, count);
    }

    /** Updates of the whole run, where an epoch has {@code perEpoch}. */
    long steps(long perEpoch) {
        return stop.steps > 0 ? Math.min(perEpoch * epochs, stop.steps) : perEpoch * epochs;
    }

    /** The same run with a schedule whose length, where it gives none, is that of the run. */
    Run withLength(long perEpoch) {
        return with(data, schedule.over(steps(perEpoch), batch), shards);
    }

    private Run under(String folder) {
        Data moved = new Data(
                data.train.under(folder),
                data.test == null ? null : data.test.under(folder),
                data.validation,
                data.seed,
                data.storage);
        return with(moved, schedule, shards);
    }

    private Run with(Data data, Schedule schedule, int shards) {
        return new Run(
                data,
                normalization,
                model,
                loss,
                optimizer,
                schedule,
                weightDecay,
                batch,
                epochs,
                seed,
                shards,
                dropLast,
                stop,
                checkpoint,
                metrics,
                clipping);
    }

    /** The rows of this run, read by Spark, packed, counted and assigned to shards. */
    public PackedDataset rows(JavaSparkContext spark, ModelSpec model, RowSchema schema) throws IOException {
        return PackedDataset.of(
                spark,
                data.train,
                data.test,
                schema,
                schema.labelLimit(model.outputs()),
                new PackedDataset.Plan(data.validation, shards, data.seed == null ? seed : data.seed, data.storage));
    }

    /** The model for rows that look like {@code schema}; throws {@link SpecException} where they do not fit. */
    public ModelSpec model(RowSchema schema) {
        try {
            return new ModelSpec(
                    schema.shape(),
                    normalization,
                    new Sequential(model),
                    loss,
                    schema.targets(),
                    schema.classes(),
                    schema.target(),
                    metrics,
                    schema.columns());
        } catch (IllegalArgumentException e) {
            throw new SpecException("model: " + e.getMessage(), e);
        }
    }
}
