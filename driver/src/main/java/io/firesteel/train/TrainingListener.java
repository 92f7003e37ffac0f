package io.firesteel.train;

import io.firesteel.internal.gradient.Batch;
import io.firesteel.loss.Score;

/** Is told what happens in a run, on the driver's thread between steps. */
public interface TrainingListener {
    /** After an update that took {@code seconds}; {@code score} is that of its rows before it. */
    default void step(Batch batch, Score score, double rate, double seconds) {}

    /** After an epoch's last update. {@code validation} is null where no rows are held out. */
    default void epoch(int epoch, long step, Score train, Score validation, double rate, double seconds) {}
}
