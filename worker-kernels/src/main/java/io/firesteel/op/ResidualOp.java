package io.firesteel.op;

import io.firesteel.array.Floats;
import io.firesteel.array.Shape;

/**
 * y = f(x) + s(x), where s may be the identity. Backward reads no y, so f works in y itself unless its own backward
 * reads what it gave.
 */
public final class ResidualOp implements Op {
    private final Op f;
    private final Op s; // null: the identity
    private final int in;
    private final int out;
    private final float[] fy; // f(x); null: in y
    private final float[] sy; // s(x); null: in x
    private final float[] sdx; // from s; null: in dy; the array of sy where that has had its use by then

    /** {@code s} may be null, and then {@code in} equals {@code out}. */
    public ResidualOp(Shape in, Shape out, Op f, Op s, Binder binder) {
        this.f = f;
        this.s = s;
        this.in = in.size();
        this.out = out.size();
        fy = f.readsOutput() ? binder.rows(this.out) : null;
        sy = s == null ? null : binder.rows(s.readsOutput() ? this.out : Math.max(this.in, this.out));
        sdx = s != null && s.readsOutput() ? binder.rows(this.in) : sy;
    }

    @Override
    public void forward(PassContext p, float[] x, float[] y) {
        f.forward(p, x, fy == null ? y : fy);
        if (fy != null) System.arraycopy(fy, 0, y, 0, p.rows * out);
        if (s != null) s.forward(p, x, sy);
        Floats.add(s == null ? x : sy, y, 0, p.rows * out);
    }

    @Override
    public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
        f.backward(p, x, fy == null ? y : fy, dy, dx);
        if (s != null) s.backward(p, x, sy, dy, dx == null ? null : sdx);
        if (dx != null) Floats.add(s == null ? dy : sdx, dx, 0, p.rows * in);
    }
}
