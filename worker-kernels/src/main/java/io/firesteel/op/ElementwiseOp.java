package io.firesteel.op;

import io.firesteel.array.Shape;

/** The operation of an activation: one number at a time, in place, its derivative a function of its output. */
public final class ElementwiseOp implements Op {
    public interface Forward {
        void apply(int n, float[] x, float[] y);
    }

    public interface Backward {
        void apply(int n, float[] y, float[] dy, float[] dx);
    }

    private final int perRow;
    private final Forward forward;
    private final Backward backward;

    public ElementwiseOp(Shape in, Forward forward, Backward backward) {
        this.perRow = in.size();
        this.forward = forward;
        this.backward = backward;
    }

    @Override
    public void forward(PassContext p, float[] x, float[] y) {
        forward.apply(p.rows * perRow, x, y);
    }

    @Override
    public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx != null) backward.apply(p.rows * perRow, y, dy, dx);
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public boolean readsOutput() {
        return true;
    }
}
