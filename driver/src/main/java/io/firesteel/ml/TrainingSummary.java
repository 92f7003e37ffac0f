package io.firesteel.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.metric.Evaluation;
import io.firesteel.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fit reports besides the model.
 *
 * @param history one entry per epoch
 * @param run the contents of a run's {@code summary.json}: steps, seconds, skipped rows, versions, ...
 */
public record TrainingSummary(List<Epoch> history, JsonNode run) {

    /** The loss and the metrics of an epoch; {@code validation} is null where there are no validation rows. */
    public record Epoch(
            int epoch, long step, Evaluation train, Evaluation validation, double learningRate, double seconds) {}

    /** Mean training loss of each epoch, each row's loss taken before the update that the row took part in. */
    public double[] lossHistory() {
        return history.stream().mapToDouble(epoch -> epoch.train.loss()).toArray();
    }

    /** Mean loss of the validation rows after each epoch; NaN where there are none. */
    public double[] validationLossHistory() {
        return history.stream()
                .mapToDouble(epoch -> epoch.validation == null ? Double.NaN : epoch.validation.loss())
                .toArray();
    }

    public long totalSteps() {
        return run.get("steps").longValue();
    }

    /** Collects the history while a run trains. */
    static final class Diary implements TrainingListener {
        final List<Epoch> history = new ArrayList<>();

        @Override
        public void epoch(
                int epoch, long step, Evaluation train, Evaluation validation, double learningRate, double seconds) {
            history.add(new Epoch(epoch + 1, step, train, validation, learningRate, seconds));
        }
    }
}
