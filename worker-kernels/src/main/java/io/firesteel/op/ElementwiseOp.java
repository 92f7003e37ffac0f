package io.firesteel.op;

import io.firesteel.array.Shape;

/** The operation of an activation: one number at a time. */
public final class ElementwiseOp implements Op {
    /** y = f(x) of n numbers. */
    public interface Forward {
        void apply(int n, float[] x, float[] y);
    }

    /** dx = f'(x) dy of n numbers; {@code known} is what the derivative is a function of. */
    public interface Backward {
        void apply(int n, float[] known, float[] dy, float[] dx);
    }

    private final int perRow;
    private final boolean ofOutput;
    private final Forward forward;
    private final Backward backward;

    private ElementwiseOp(Shape in, boolean ofOutput, Forward forward, Backward backward) {
        this.perRow = in.size();
        this.ofOutput = ofOutput;
        this.forward = forward;
        this.backward = backward;
    }

    /** In place, its derivative a function of its output. */
    public static ElementwiseOp inPlace(Shape in, Forward forward, Backward backward) {
        return new ElementwiseOp(in, true, forward, backward);
    }

    /** With its derivative a function of its input, which therefore is kept. */
    public static ElementwiseOp keepingInput(Shape in, Forward forward, Backward backward) {
        return new ElementwiseOp(in, false, forward, backward);
    }

    @Override
    public void forward(PassContext p, float[] x, float[] y) {
        forward.apply(p.rows * perRow, x, y);
    }

    @Override
    public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx != null) backward.apply(p.rows * perRow, ofOutput ? y : x, dy, dx);
    }

    @Override
    public boolean inPlace() {
        return ofOutput;
    }

    @Override
    public boolean readsOutput() {
        return ofOutput;
    }
}
