package io.firesteel.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.firesteel.internal.files.HadoopFiles;
import io.firesteel.internal.shard.PackedDataset;
import io.firesteel.internal.table.ColumnRoles;
import io.firesteel.internal.table.SchemaProbe;
import io.firesteel.layer.LayerParser;
import io.firesteel.loss.Loss;
import io.firesteel.metric.Metric;
import io.firesteel.model.Normalization;
import io.firesteel.modelfile.SavedModel;
import io.firesteel.optim.Clipping;
import io.firesteel.optim.Optimizer;
import io.firesteel.row.BadRows;
import io.firesteel.row.RowSchema;
import io.firesteel.row.RowStorage;
import io.firesteel.row.ValidationSplit;
import io.firesteel.schedule.Schedule;
import io.firesteel.spec.SpecException;
import io.firesteel.spec.Specs;
import io.firesteel.train.Run;
import io.firesteel.train.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The result of a fit; {@link #of} turns a stage's Params into a run and its DataFrame into rows, and trains. */
record EstimatorFit(SavedModel model, TrainingSummary summary) {

    /**
     * Trains on the calling thread; several fits may run at once.
     *
     * @param labels whether the targets are class labels
     */
    static EstimatorFit of(NetParams params, Dataset<Row> data, ColumnRoles columns, boolean labels, Loss loss) {
        try {
            SavedModel initial = params.getInitialModel() == null ? null : load(params.getInitialModel());
            LayerParser net = net(params, initial);
            columns.check(data.schema());
            RowSchema rowSchema = SchemaProbe.schema(columns, data, labels, net.input());
            int classes = rowSchema.labelLimit(
                    run(params, net, loss, Normalization.NONE).model(rowSchema).outputs());
            try (PackedDataset table = PackedDataset.of(
                    data,
                    columns,
                    rowSchema,
                    classes,
                    badRows(params),
                    new PackedDataset.Plan(
                            new ValidationSplit(params.getValidationFraction(), 0),
                            params.getShards(),
                            params.getSeed(),
                            RowStorage.valueOf(params.getStorage())))) {
                Normalization normalization = initial != null
                        ? initial.model().normalization()
                        : params.getStandardization() ? table.standardization() : Normalization.NONE;
                Run run = run(params, net, loss, normalization);
                return train(
                        params,
                        data,
                        new Training(run, table, initial == null ? null : initial.params()),
                        folder(params, run, table));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EstimatorFit train(NetParams params, Dataset<Row> data, Training training, String out)
            throws IOException {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
        TrainingSummary.Diary diary = new TrainingSummary.Diary();
        Training.Outcome outcome = training.train(
                spark, new Training.Options(out, params.getGradients(), 0, null, false, out != null, false), diary);
        return new EstimatorFit(outcome.model(), new TrainingSummary(diary.history, outcome.summary()));
    }

    /**
     * A checkpoint folder for exactly these settings and rows, so that the fits of a grid search do not share one; null
     * without checkpoints.
     */
    private static String folder(NetParams params, Run run, PackedDataset table) {
        String folder = params.getCheckpointFolder();
        return folder == null
                ? null
                : folder
                        + String.format(
                                Locale.ROOT,
                                "/%08x-%016x",
                                Specs.write(run).toString().hashCode(),
                                table.checksum());
    }

    /** A saved model of Firesteel, or the one inside a saved stage. */
    private static SavedModel load(String folder) throws IOException {
        return SavedModel.load(
                HadoopFiles.exists(folder + "/" + StagePersistence.NET) ? folder + "/" + StagePersistence.NET : folder);
    }

    private static LayerParser net(NetParams params, SavedModel initial) {
        if (params.getLayers() != null) return LayerParser.parse(params.getLayers());
        if (initial == null)
            throw new SpecException(
                    "layers: not set; set them as in setLayers(\"784 -> dense(256) relu -> dense(10)\")");
        return new LayerParser(initial.model().input(), initial.model().net().layers());
    }

    static BadRows badRows(NetParams params) {
        return read("badRows", params.getBadRows(), BadRows.class);
    }

    private static Run run(NetParams params, LayerParser net, Loss loss, Normalization normalization) {
        return new Run(
                null,
                normalization,
                net.layers(),
                loss,
                read("optimizer", params.getOptimizer(), Optimizer.class),
                schedule(params),
                params.getWeightDecay(),
                params.getBatchSize(),
                params.getEpochs(),
                params.getSeed(),
                params.getShards(),
                false,
                new Run.Stop(params.getMaxSteps()),
                read("checkpoint", params.getCheckpoint(), Run.CheckpointPolicy.class),
                metrics(params.getMetrics()),
                params.getClipping() == null ? null : read("clipping", params.getClipping(), Clipping.class));
    }

    /** Null where none are given. */
    private static List<Metric> metrics(String text) {
        if (text == null) return null;
        JsonNode list = Specs.parse("metrics", text);
        if (!list.isArray())
            throw new SpecException("metrics: found " + text + ", wanted a list, as in [\"Accuracy\"]");
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) metrics.add(Specs.read("metrics[" + i + "]", list.get(i), Metric.class));
        return metrics;
    }

    /** The learning rate is filled in where the schedule gives none. */
    private static Schedule schedule(NetParams params) {
        Schedule schedule = read("schedule", params.getSchedule(), Schedule.class);
        return schedule.learningRate() == null ? schedule.withLearningRate(params.getLearningRate()) : schedule;
    }

    /** Reads JSON, or the name of a kind whose keys all have defaults. */
    private static <T> T read(String param, String text, Class<T> type) {
        JsonNode tree = text.stripLeading().startsWith("{") ? Specs.parse(param, text) : TextNode.valueOf(text.strip());
        return Specs.read(param, tree, type);
    }
}
