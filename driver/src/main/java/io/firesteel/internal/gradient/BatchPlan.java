package io.firesteel.internal.gradient;

/** How an epoch's rows are cut into steps: a ragged last batch is trained unless {@code dropLast} says otherwise. */
public record BatchPlan(long rows, int batch, boolean dropLast) {
    public long stepsPerEpoch() {
        return dropLast ? rows / batch : (rows + batch - 1) / batch;
    }

    /** Rows that the first {@code steps} updates see. */
    public long examples(long steps) {
        long perEpoch = Math.min(rows, stepsPerEpoch() * batch);
        return steps / stepsPerEpoch() * perEpoch + at(steps).from();
    }

    /** The batch of an update, counted from 0 over all epochs. */
    public Batch at(long step) {
        long from = step % stepsPerEpoch() * batch;
        return new Batch(step, (int) (step / stepsPerEpoch()), from, Math.min(rows, from + batch));
    }
}
