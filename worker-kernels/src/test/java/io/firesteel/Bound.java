package io.firesteel;

import io.firesteel.array.ParamLayout;
import io.firesteel.array.Shape;
import io.firesteel.layer.Layer;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import java.util.stream.LongStream;

/** A layer bound on its own, with exactly the arrays that one pass of {@code rows} rows needs. */
public final class Bound {
    public final Op op;
    public final ParamLayout layout;
    public final PassContext pass = new PassContext();
    public final float[] params;
    public final float[] grads;
    public final float[] x;
    public final float[] y;
    public final float[] dy;
    public final float[] dx;

    public Bound(Layer layer, Shape in, int rows) {
        Binder binder = new Binder(rows);
        op = layer.bind(in, binder);
        layout = binder.layout();
        pass.training = true;
        pass.rowIds = LongStream.range(0, rows).toArray();
        pass.rows = rows;
        pass.params = params = layout.init(1);
        pass.grads = grads = new float[layout.size()];
        x = new float[rows * in.size()];
        dx = new float[rows * in.size()];
        y = new float[rows * layer.output(in).size()];
        dy = new float[rows * layer.output(in).size()];
    }

    /** Copies {@code values} into one of the arrays. */
    public static void set(float[] array, float... values) {
        if (array.length != values.length) throw new IllegalArgumentException(values.length + " for " + array.length);
        System.arraycopy(values, 0, array, 0, values.length);
    }

    public float[] forward() {
        op.forward(pass, x, y);
        return y;
    }

    public void backward() {
        op.backward(pass, x, y, dy, dx);
    }
}
