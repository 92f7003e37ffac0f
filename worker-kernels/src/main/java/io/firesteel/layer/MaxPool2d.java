package io.firesteel.layer;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.MaxPool;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.layer.export.OnnxWindow;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;
import java.util.List;

/**
 * The maximum under the kernel, channel by channel; padding never wins. No parameters.
 *
 * @param kernel height and width of the kernel
 * @param stride rows and columns between output positions; the kernel's size if null
 * @param padding margin around the image
 */
public record MaxPool2d(
        Size2d kernel,
        @Default("null") Size2d stride,
        @Default("valid") Padding padding) implements Layer {
    public MaxPool2d {
        if (stride == null) stride = kernel;
        AveragePool2d.checkPadding("MaxPool2d", kernel, padding);
    }

    public MaxPool2d(int kernel) {
        this(Size2d.of(kernel), null, Padding.VALID);
    }

    private SlidingWindow window(Shape in) {
        return SlidingWindow.of("MaxPool2d", in, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape in) {
        SlidingWindow window = window(in);
        return new Shape(window.outHeight(), window.outWidth(), window.channels());
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        SlidingWindow window = window(in);
        MaxPool pool = new MaxPool(window, binder.maxRows(), binder);
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                pool.forward(p.rows, x, y);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx != null) pool.backward(p.rows, dy, dx);
            }
        };
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.addToImages("MaxPool", OnnxWindow.attributes(window(in)), List.of());
    }

    @Override
    public boolean picksLargest() {
        return true;
    }
}
