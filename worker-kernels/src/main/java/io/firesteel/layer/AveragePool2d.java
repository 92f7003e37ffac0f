package io.firesteel.layer;

import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.AveragePool;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.layer.export.OnnxWindow;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;
import java.util.List;
import java.util.Map;

/**
 * The sum under the kernel divided by its area, channel by channel; padding counts as zeros (PyTorch's default). No
 * parameters.
 *
 * @param kernel height and width of the kernel
 * @param stride rows and columns between output positions; the kernel's size if null
 * @param padding zeros around the image
 */
public record AveragePool2d(
        Size2d kernel,
        @Default("null") Size2d stride,
        @Default("valid") Padding padding) implements Layer {
    public AveragePool2d {
        if (stride == null) stride = kernel;
        checkPadding("AveragePool2d", kernel, padding);
    }

    public AveragePool2d(int kernel) {
        this(Size2d.of(kernel), null, Padding.VALID);
    }

    /** With padding of more than half the kernel, some window would cover nothing but padding. */
    static void checkPadding(String layer, Size2d kernel, Padding padding) {
        if (padding.height() > kernel.height() / 2 || padding.width() > kernel.width() / 2)
            throw new IllegalArgumentException(
                    layer + ": padding " + padding + " is more than half the kernel " + kernel);
    }

    private SlidingWindow window(Shape in) {
        return SlidingWindow.of("AveragePool2d", in, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape in) {
        SlidingWindow window = window(in);
        return new Shape(window.outHeight(), window.outWidth(), window.channels());
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        return average(window(in));
    }

    /** The operation of every average pooling. */
    static Op average(SlidingWindow window) {
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                AveragePool.average(window, p.rows, x, y);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (dx != null) AveragePool.averageBackward(window, p.rows, dy, dx);
            }
        };
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        Map<String, Object> attributes = OnnxWindow.attributes(window(in));
        attributes.put("count_include_pad", 1);
        onnx.addToImages("AveragePool", attributes, List.of());
    }
}
