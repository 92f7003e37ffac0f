package io.firesteel.studies;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.spec.Specs;
import io.firesteel.studies.TrialResult.Measurement;
import io.firesteel.studies.TrialResult.Status;
import io.firesteel.train.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A study's trials in the layout of the data of Shallue et al. 2018, so that programs for their data read ours:
 * {@code dataset/model/optimizer/batch_size/study.json} and {@code trial_id/{metadata.json, measurements.csv}}.
 */
record ShallueExport(Study study, Run run) {
    /** Writes the trials of the first rule below {@code folder}. */
    void write(List<TrialResult> results, String folder) throws IOException {
        String optimizer = run.optimizer().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        for (int batch : study.batches()) {
            List<TrialResult> trials = results.stream()
                    .filter(r -> r.trial().batch() == batch
                            && r.trial().rule().equals(study.rules().get(0).word()))
                    .toList();
            String home = folder + "/" + study.name() + "/net/" + optimizer + "/" + batch;
            TrialStore.write(home + "/study.json", Specs.text(study(batch, optimizer, trials)));
            for (int id = 1; id <= trials.size(); id++) {
                TrialStore.write(home + "/" + id + "/metadata.json", Specs.text(metadata(id, trials.get(id - 1))));
                TrialStore.write(home + "/" + id + "/measurements.csv", measurements(trials.get(id - 1)));
            }
        }
    }

    private ObjectNode study(int batch, String optimizer, List<TrialResult> trials) {
        ObjectNode to =
                JsonNodeFactory.instance.objectNode().put("batch_size", batch).put("dataset", study.name());
        to.put("early_stopping", true).put("model", "net").put("optimizer", optimizer);
        double[] rates =
                trials.stream().mapToDouble(r -> r.trial().rate()).sorted().toArray();
        ObjectNode rate = to.putObject("parameter_configs").putObject("learning_rate");
        rate.put("type", "DOUBLE").put("scale", "LOG_SCALE");
        if (rates.length > 0) rate.put("min_value", rates[0]).put("max_value", rates[rates.length - 1]);
        return to.put("train_steps", 0); // trials end at the goal, not after a number of steps
    }

    /**
     * Censored and capped trials are complete in the sense that nothing went wrong; their curves end above the goal.
     */
    private ObjectNode metadata(int id, TrialResult result) {
        ObjectNode to = JsonNodeFactory.instance.objectNode();
        ObjectNode parameters =
                to.putObject("parameters").put("learning_rate", result.trial().rate());
        if (result.trial().momentum() != null)
            parameters.put("momentum", result.trial().momentum());
        return to.put("status", result.status() == Status.DIVERGED ? "INFEASIBLE" : "COMPLETE")
                .put("steps", result.steps())
                .put("trial_id", id);
    }

    private static String measurements(TrialResult result) {
        List<String> lines = new ArrayList<>(
                List.of("step,train/cross_entropy_error,val/cross_entropy_error,val/classification_error"));
        for (Measurement m : result.measurements())
            lines.add(TrialCsv.line(m.step(), m.trainLoss(), m.valLoss(), m.valError()));
        return TrialCsv.text(lines);
    }
}
