package io.firesteel.bench;

import io.firesteel.array.Floats;
import io.firesteel.model.CompiledModel;
import io.firesteel.model.ModelSpec;
import io.firesteel.optim.Sgd;

/** A bare training step of Firesteel: forward, backward and update, nothing around it. */
final class TimedStep {
    private static final int CACHED = 1 << 12; // floats
    private static final float[][] NO_SLOTS = {};

    private final CompiledModel program;
    private final int rows;
    private final float rate;
    private final float[] params;
    private final float[] grads;
    private final Sgd sgd = new Sgd();
    private long steps;

    TimedStep(ModelSpec model, float[] weights, int rows, float[] x, float[] labels, float rate) {
        this.program = new CompiledModel(model, rows);
        this.rows = rows;
        this.rate = rate;
        this.params = weights.clone();
        this.grads = new float[weights.length];
        System.arraycopy(x, 0, program.x, 0, rows * model.input().size());
        System.arraycopy(labels, 0, program.targets, 0, rows);
    }

    /** Returns the mean loss before the step. */
    double step() {
        program.gradient(params, rows, grads, true);
        steps++;
        for (int from = 0; from < grads.length; from += CACHED) { // as the training loop does
            int to = Math.min(grads.length, from + CACHED);
            Floats.divide(grads, rows, from, to);
            sgd.step(params, grads, NO_SLOTS, from, to, rate, 0, steps);
        }
        return program.lossSum() / rows;
    }

    long bytes() {
        return program.bytes();
    }
}
