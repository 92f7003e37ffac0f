package io.firesteel.layer;

import io.firesteel.array.Shape;
import io.firesteel.kernel.MaxPool;
import io.firesteel.kernel.Padding;
import io.firesteel.kernel.Size;
import io.firesteel.kernel.Window;
import io.firesteel.spec.Default;

/**
 * The maximum under the kernel, channel by channel; padding never wins. Stride null is the kernel's size. No
 * parameters.
 */
public record MaxPool2d(
        Size kernel,
        @Default("null") Size stride,
        @Default("valid") Padding padding) implements Layer {
    public MaxPool2d {
        if (stride == null) stride = kernel;
        AveragePool2d.checkPadding("MaxPool2d", kernel, padding);
    }

    public MaxPool2d(int kernel) {
        this(Size.of(kernel), null, Padding.VALID);
    }

    private Window window(Shape in) {
        return Window.of("MaxPool2d", in, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape in) {
        Window window = window(in);
        return new Shape(window.outHeight(), window.outWidth(), window.channels());
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        Window window = window(in);
        MaxPool pool = new MaxPool(window, binder.maxRows(), binder);
        return new Op() {
            @Override
            public void forward(Pass p, float[] x, float[] y) {
                pool.forward(p.rows, x, y);
            }

            @Override
            public void backward(Pass p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx != null) pool.backward(p.rows, dy, dx);
            }
        };
    }
}
