package io.firesteel.layer;

import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.ParamSlice.Role;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.internal.kernel.conv.Convolution;
import io.firesteel.internal.kernel.conv.Convolutions;
import io.firesteel.layer.export.LayerTensor;
import io.firesteel.layer.export.OnnxWindow;
import io.firesteel.layer.export.OnnxWriter;
import io.firesteel.op.Binder;
import io.firesteel.op.Op;
import io.firesteel.op.PassContext;
import io.firesteel.spec.Default;
import java.util.Arrays;
import java.util.List;

/**
 * Every filter's product with every patch of the image, plus b: {@code w [height, width, channels, filters]}, {@code b
 * [filters]}; output side (W - F + 2P)/S + 1. The kernel is not flipped (cross-correlation), as everywhere in the
 * field.
 *
 * @param filters number of output channels
 * @param kernel height and width of the kernel
 * @param stride rows and columns between output positions
 * @param padding zeros around the image
 * @param bias whether b is added
 * @param init initial values of w; b starts at 0
 */
public record Conv2d(
        int filters,
        Size2d kernel,
        @Default("1") Size2d stride,
        @Default("valid") Padding padding,
        @Default("true") boolean bias,
        @Default("He") Init init)
        implements Layer {
    private static final LayerTensor WEIGHT = // [filters, channels, height, width] there
            new LayerTensor("w", "weight", List.of(3, 2, 0, 1), -1);
    private static final LayerTensor BIAS = LayerTensor.vector("b", "bias");

    public Conv2d {
        if (filters <= 0) throw new IllegalArgumentException("Conv2d needs at least one filter, got " + filters);
    }

    public Conv2d(int filters, int kernel) {
        this(filters, Size2d.of(kernel), Size2d.of(1), Padding.VALID, true, new Init.He());
    }

    private SlidingWindow window(Shape in) {
        return SlidingWindow.of("Conv2d", in, kernel, stride, padding);
    }

    @Override
    public Shape output(Shape in) {
        SlidingWindow window = window(in);
        return new Shape(window.outHeight(), window.outWidth(), filters);
    }

    @Override
    public Op bind(Shape in, Binder binder) {
        SlidingWindow window = window(in);
        int fanIn = window.patch(), fanOut = kernel.height() * kernel.width() * filters;
        Shape shape = new Shape(kernel.height(), kernel.width(), window.channels(), filters);
        int w = binder.param("w", shape, Role.WEIGHT, init, fanIn, fanOut).offset();
        int b = bias
                ? binder.param("b", new Shape(filters), Role.BIAS, new Init.Zeros(), fanIn, fanOut)
                        .offset()
                : -1;
        Convolution convolution = binder.maxRows() == 0
                ? null
                : Convolutions.provider().plan(window, filters, bias, binder.maxRows(), binder);
        return new Op() {
            @Override
            public void forward(PassContext p, float[] x, float[] y) {
                convolution.forward(p.rows, x, p.params, w, b, y);
            }

            @Override
            public void backward(PassContext p, float[] x, float[] y, float[] dy, float[] dx) {
                if (p.fresh) {
                    Arrays.fill(p.grads, w, w + shape.size(), 0);
                    if (b >= 0) Arrays.fill(p.grads, b, b + filters, 0);
                }
                convolution.backward(p.rows, x, dy, p.params, p.grads, w, b, dx);
            }
        };
    }

    @Override
    public List<LayerTensor> tensors() {
        return bias ? List.of(WEIGHT, BIAS) : List.of(WEIGHT);
    }

    @Override
    public void writeOnnx(Shape in, OnnxWriter onnx) {
        onnx.addToImages("Conv", OnnxWindow.attributes(window(in)), tensors());
    }
}
