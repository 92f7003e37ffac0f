package io.firesteel.model;

import io.firesteel.internal.kernel.SparseRows;
import io.firesteel.metric.Metrics;
import io.firesteel.metric.Sums;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.util.Arrays;

/**
 * A model with its buffers. Not thread-safe; reused for every batch; after construction it allocates nothing. Put rows
 * into {@link #x} and {@link #targets}, then run a pass.
 */
public final class CompiledModel {
    /** Inputs, normalized: [maxRows, input]; null where they are {@link #sparse}. */
    public final float[] x;
    /** Inputs, normalized, where zeros are not kept; null where they are dense. */
    public final SparseRows sparse;
    /** Targets: [maxRows, model.targets]. */
    public final float[] targets;
    /** What each row counts for in loss and gradient: [maxRows], all 1 at first. */
    public final float[] weights;

    private final ModelSpec model;
    private final int maxRows;
    private final int outputs;
    private final Metrics metrics;
    private final Op net;
    private final PassContext pass = new PassContext();
    private final Sums sums; // of passes whose caller wants none
    private final float[] y; // [maxRows, outputs]
    private final float[] dy;
    private final long bytes;
    private double lossSum;

    public CompiledModel(ModelSpec model, int maxRows) {
        this(model, maxRows, false);
    }

    /** A program for rows whose zeros are not kept, if {@code sparse}; its first layer is then Dense. */
    public CompiledModel(ModelSpec model, int maxRows, boolean sparse) {
        if (sparse && !takesSparse(model))
            throw new IllegalArgumentException("the first layer does not take sparse rows; begin with Dense");
        this.model = model;
        this.maxRows = maxRows;
        this.outputs = model.outputs();
        this.metrics = model.summary();
        this.sums = metrics.zero();
        Binder binder = new Binder(maxRows);
        x = sparse ? null : binder.rows(model.input().size());
        this.sparse = sparse ? new SparseRows(maxRows) : null;
        pass.sparse = this.sparse;
        pass.rowIds = new long[maxRows];
        targets = binder.rows(model.targets());
        weights = binder.rows(1);
        Arrays.fill(weights, 1);
        net = model.net().bind(model.input(), binder);
        y = binder.rows(outputs);
        dy = binder.rows(outputs);
        bytes = binder.scratchBytes();
    }

    /** Whether the model's first layer can do with the numbers that are not zero. */
    public static boolean takesSparse(ModelSpec model) {
        return model.net().takesSparse();
    }

    public int maxRows() {
        return maxRows;
    }

    /** Bytes of all buffers, native ones included. */
    public long bytes() {
        return bytes;
    }

    /**
     * What a pass knows besides its arrays. The caller sets seed, epoch, step and the rows' identities before it
     * trains.
     */
    public PassContext pass() {
        return pass;
    }

    /** What makes the sums of passes into metrics. */
    public Metrics metrics() {
        return metrics;
    }

    /** Forward and backward of the first {@code rows} rows; their gradient sum is added to {@code grads}. */
    public void gradient(float[] params, int rows, float[] grads) {
        gradient(params, rows, grads, false);
    }

    /** The same; where {@code fresh}, {@code grads} is overwritten and not added to. */
    public void gradient(float[] params, int rows, float[] grads, boolean fresh) {
        gradient(params, rows, grads, fresh, sums);
    }

    /** The same, and the loss and the metrics of the rows are added to {@code into}. */
    public void gradient(float[] params, int rows, float[] grads, boolean fresh, Sums into) {
        pass.training = true;
        evaluate(params, rows, dy, into);
        pass.grads = grads;
        pass.fresh = fresh;
        net.backward(pass, x, y, dy, null);
    }

    /** Forward alone, as in prediction; the loss and the metrics of the rows are added to {@code into}. */
    public void evaluate(float[] params, int rows, Sums into) {
        pass.training = false;
        evaluate(params, rows, null, into);
    }

    /** Forward alone; returns the predictions [rows, outputs], valid until the next pass. */
    public float[] predict(float[] params, int rows) {
        scores(params, rows);
        model.loss().predict(rows, outputs, y);
        return y;
    }

    /** Forward alone; returns what the last layer says [rows, outputs], valid until the next pass. */
    public float[] scores(float[] params, int rows) {
        pass.training = false;
        forward(params, rows);
        return y;
    }

    /** Loss sum of the last pass. */
    public double lossSum() {
        return lossSum;
    }

    private void evaluate(float[] params, int rows, float[] gradient, Sums into) {
        forward(params, rows);
        lossSum = model.loss().apply(rows, outputs, model.targets(), y, targets, weights, gradient);
        into.lossSum += lossSum;
        metrics.add(rows, y, targets, weights, into);
    }

    private void forward(float[] params, int rows) {
        if (rows > maxRows) throw new IllegalArgumentException(rows + " rows, the model was compiled for " + maxRows);
        pass.rows = rows;
        pass.params = params;
        net.forward(pass, x, y);
    }
}
