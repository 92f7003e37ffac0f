package io.firesteel.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.internal.gradient.BatchPlan;
import io.firesteel.internal.kernel.Blas;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.internal.measure.PhaseTimes;
import io.firesteel.metric.Evaluation;
import io.firesteel.model.WeightsFile;
import io.firesteel.row.RowCounts;
import io.firesteel.spec.Specs;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code summary.json}: what a run did, in one object. */
final class RunSummary {
    private final ObjectNode metrics = JsonNodeFactory.instance.objectNode();
    private final ObjectNode badRows = JsonNodeFactory.instance.objectNode();

    /** Adds the loss and the metrics of a split; nothing where it has no rows. */
    RunSummary evaluation(String split, Evaluation evaluation) {
        if (evaluation != null)
            evaluation.named(split).forEach((name, value) -> metrics.set(name, Specs.number(value)));
        return this;
    }

    /** Adds the counts and first errors of a source's bad rows; nothing when all were good. */
    RunSummary badRows(String split, RowCounts counts) {
        if (counts == null || counts.skipped() + counts.imputed() == 0) return this;
        ObjectNode bad =
                badRows.putObject(split).put("skipped", counts.skipped()).put("imputed", counts.imputed());
        counts.first().forEach(bad.putArray("first")::add);
        return this;
    }

    /** {@code seconds} were spent on the steps from {@code first} on, which is above 0 in a resumed run. */
    ObjectNode write(
            Run run,
            TrainingState state,
            long first,
            BatchPlan batches,
            String gradients,
            JavaSparkContext spark,
            int threads,
            double seconds,
            PhaseTimes phases) {
        long examples = batches.examples(state.step), done = examples - batches.examples(first);
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        summary.put("steps", state.step)
                .put("epochs", (double) state.step / batches.stepsPerEpoch())
                .put("examples", examples);
        summary.put("trainSeconds", seconds).put("examplesPerSecond", done / seconds);
        summary.put("batch", run.batch())
                .put("shards", run.shards())
                .put("gradients", gradients)
                .put("master", spark.master());
        summary.put("parameters", state.params.length).put("weightsSha256", WeightsFile.sha256(state.params));
        summary.set("metrics", metrics);
        if (!badRows.isEmpty()) summary.set("badRows", badRows);
        summary.putObject("kernels")
                .put("gemm", Blas.name())
                .put("gemmCore", Blas.core())
                .put("convolution", Convolutions.provider().name())
                .put("threads", threads);
        ObjectNode times = summary.putObject("phases");
        phases.seconds().forEach(times::put);
        phases.spread().write(summary.putObject("tasks"));
        summary.putObject("versions")
                .put("firesteel", version(RunSummary.class))
                .put("java", System.getProperty("java.version"))
                .put("spark", spark.version())
                .put("netlib", version(dev.ludovic.netlib.blas.BLAS.class));
        return summary;
    }

    /** The version in a jar's manifest. */
    static String version(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
