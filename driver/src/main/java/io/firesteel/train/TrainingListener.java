package io.firesteel.train;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.metric.Evaluation;
import io.firesteel.metric.Sums;

/** Is called with what happens in a run, on the driver's thread between steps. */
public interface TrainingListener {
    /** After an update that took {@code seconds}; {@code sums} are those of its rows before it. */
    default void step(Batch batch, Sums sums, double learningRate, double seconds) {}

    /** After an epoch's last update. {@code validation} is null where there are no validation rows. */
    default void epoch(
            int epoch, long step, Evaluation train, Evaluation validation, double learningRate, double seconds) {}
}
