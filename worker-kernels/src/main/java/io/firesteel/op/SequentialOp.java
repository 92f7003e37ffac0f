package io.firesteel.op;

import io.firesteel.array.Shape;

/**
 * Operations one after the other, with the buffers between them.
 *
 * <p>Edge i runs into operation i; the first and the last edge belong to the caller. An operation that can work in
 * place does so when nobody reads what it overwrites. Gradients need two edges at a time, so all of them share two
 * buffers. Where the caller wants no dx, backward ends at the first operation with parameters.
 */
public final class SequentialOp implements Op {
    private final Op[] ops;
    private final int firstTrained; // the first operation with parameters
    private final float[][] edges; // edges[i]: output of operation i - 1; null at both ends
    private final float[][] gradients; // gradients[i]: dL/d edges[i]; null at both ends

    public SequentialOp(Shape[] shapes, Op[] ops, int firstTrained, Binder binder) {
        this.ops = ops;
        this.firstTrained = firstTrained;
        this.edges = new float[ops.length + 1][];
        this.gradients = new float[ops.length + 1][];
        int largest = 0;
        for (int i = 1; i < ops.length; i++) {
            largest = Math.max(largest, shapes[i].size());
            boolean reuse = i > 1 && ops[i - 1].inPlace() && !ops[i - 2].readsOutput();
            edges[i] = reuse ? edges[i - 1] : binder.rows(shapes[i].size());
        }
        float[] even = ops.length > 1 ? binder.rows(largest) : null, odd = ops.length > 2 ? binder.rows(largest) : null;
        for (int i = ops.length - 1; i > 0; i--) {
            boolean reuse = i < ops.length - 1 && ops[i].inPlace();
            if (i == ops.length - 1) gradients[i] = even;
            else if (reuse) gradients[i] = gradients[i + 1];
            else gradients[i] = gradients[i + 1] == even ? odd : even;
        }
    }

    @Override
    public void forward(PassContext p, float[] x, float[] y) {
        for (int i = 0; i < ops.length; i++)
            ops[i].forward(p, i == 0 ? x : edges[i], i == ops.length - 1 ? y : edges[i + 1]);
    }

    @Override
    public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
        int end = dx == null ? firstTrained : 0;
        for (int i = ops.length - 1; i >= end; i--) {
            boolean last = i == ops.length - 1;
            float[] toX = i == 0 || i == end && dx == null ? dx : gradients[i];
            ops[i].backward(p, i == 0 ? x : edges[i], last ? y : edges[i + 1], last ? dy : gradients[i + 1], toX);
        }
    }

    @Override
    public boolean readsOutput() {
        return ops[ops.length - 1].readsOutput();
    }
}
