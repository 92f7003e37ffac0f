package io.firesteel.internal.kernel.conv;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.firesteel.internal.kernel.OneDnn;
import io.firesteel.internal.kernel.ScratchAllocator;
import io.firesteel.internal.kernel.SlidingWindow;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Convolution by oneDNN, a few images at a time: they are copied out of the heap, computed and copied back while they
 * are in the second-level cache, so native memory does not grow with the batch. Weights are reordered to oneDNN's
 * layouts once per pass.
 */
final class OneDnnConvolution implements Convolution {
    private static final int CACHE_FLOATS =
            512 * 1024; // 2 MiB in and out: the fastest measured between 256 KiB and everything

    private final SlidingWindow window;
    private final int filters;
    private final boolean bias;
    private final int chunk; // images at a time
    private final FloatBuffer x; // or dx
    private final FloatBuffer y; // or dy
    private final FloatBuffer w;
    private final FloatBuffer b;
    private final FloatBuffer dw;
    private final FloatBuffer db;
    private final float[] sums; // dw and db of a chunk
    private final List<FloatBuffer> blocked = new ArrayList<>(); // keeps the buffers of the three weight layouts alive
    private final FloatBuffer scratchpad;
    private final memory forwardWeights, dataWeights, weightsGradient; // in oneDNN's layouts
    private final OneDnnCall toForward, toData, fromGradient; // reorders between those and ours
    private final Calls[] calls; // indexed by the number of images

    private record Calls(OneDnnCall forward, OneDnnCall data, OneDnnCall weights) {}

    static final Provider PROVIDER = new Provider() {
        @Override
        public String name() {
            return "onednn";
        }

        @Override
        public Convolution plan(
                SlidingWindow window, int filters, boolean bias, int maxRows, ScratchAllocator scratch) {
            OneDnn.oneThread();
            int most = Math.max(1, CACHE_FLOATS / (window.inSize() + window.positions() * filters));
            memory.desc any = OneDnnPrimitives.weights(window, filters, memory.format_tag.any);
            OneDnnPrimitives picked =
                    new OneDnnPrimitives(most, window, filters, bias, any, any, any); // independent of maxRows
            return picked.usesProduct()
                    ? Im2colConvolution.PROVIDER.plan(window, filters, bias, maxRows, scratch)
                    : new OneDnnConvolution(window, filters, bias, Math.min(maxRows, most), picked, scratch);
        }
    };

    private OneDnnConvolution(
            SlidingWindow window,
            int filters,
            boolean bias,
            int chunk,
            OneDnnPrimitives picked,
            ScratchAllocator scratch) {
        this.window = window;
        this.filters = filters;
        this.bias = bias;
        this.chunk = chunk;
        int in = window.inSize(), out = window.positions() * filters, size = window.patch() * filters;
        x = scratch.nativeFloats(chunk * in);
        y = scratch.nativeFloats(chunk * out);
        w = scratch.nativeFloats(size);
        dw = scratch.nativeFloats(size);
        b = scratch.nativeFloats(filters);
        db = scratch.nativeFloats(filters);
        sums = scratch.floats(Math.max(size, filters));

        memory.desc ours = OneDnnPrimitives.weights(window, filters, memory.format_tag.hwio);
        forwardWeights = blocked(picked.forward.weights_desc(), scratch);
        dataWeights = blocked(picked.data.weights_desc(), scratch);
        weightsGradient = blocked(picked.weights.diff_weights_desc(), scratch);
        toForward = reorder(memory(ours, w), forwardWeights);
        toData = reorder(memory(ours, w), dataWeights);
        fromGradient = reorder(weightsGradient, memory(ours, dw));
        OneDnnPrimitives shapes = shapes(chunk);
        scratchpad = scratch.nativeFloats(Math.toIntExact(shapes.scratchpadBytes() / 4));
        calls = new Calls[chunk + 1];
        calls[chunk] = bind(shapes);
    }

    @Override
    public void forward(int rows, float[] x, float[] params, int w, int b, float[] y) {
        int in = window.inSize(), out = window.positions() * filters;
        OneDnn.oneThread();
        this.w.put(0, params, w, window.patch() * filters);
        if (bias) this.b.put(0, params, b, filters);
        toForward.run();
        for (int row = 0; row < rows; row += chunk) {
            int images = Math.min(chunk, rows - row);
            this.x.put(0, x, row * in, images * in);
            calls(images).forward.run();
            this.y.get(0, y, row * out, images * out);
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] dy, float[] params, float[] grads, int w, int b, float[] dx) {
        int in = window.inSize(), out = window.positions() * filters;
        OneDnn.oneThread();
        if (dx != null) toData.run(); // w is still loaded from forward
        for (int row = 0; row < rows; row += chunk) {
            int images = Math.min(chunk, rows - row);
            Calls calls = calls(images);
            this.x.put(0, x, row * in, images * in);
            this.y.put(0, dy, row * out, images * out);
            calls.weights.run();
            fromGradient.run();
            add(dw, window.patch() * filters, grads, w);
            if (bias) add(db, filters, grads, b);
            if (dx == null) continue;
            calls.data.run();
            this.x.get(0, dx, row * in, images * in);
        }
    }

    private void add(FloatBuffer part, int n, float[] grads, int at) {
        part.get(0, sums, 0, n);
        for (int i = 0; i < n; i++) grads[at + i] += sums[i];
    }

    private Calls calls(int images) {
        if (calls[images] == null) calls[images] = bind(shapes(images));
        return calls[images];
    }

    private OneDnnPrimitives shapes(int images) {
        return new OneDnnPrimitives(
                images,
                window,
                filters,
                bias,
                forwardWeights.get_desc(),
                dataWeights.get_desc(),
                weightsGradient.get_desc());
    }

    private Calls bind(OneDnnPrimitives shapes) {
        memory x = memory(shapes.image, this.x), y = memory(shapes.positions, this.y);
        memory b = bias ? memory(shapes.bias, this.b) : null, db = bias ? memory(shapes.bias, this.db) : null;
        return new Calls(
                new OneDnnCall(
                        new convolution_forward(shapes.forward),
                        new int[] {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD},
                        x,
                        forwardWeights,
                        b,
                        y,
                        pad(shapes.forward.scratchpad_desc())),
                new OneDnnCall(
                        new convolution_backward_data(shapes.data),
                        new int[] {DNNL_ARG_DIFF_DST, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_SRC, DNNL_ARG_SCRATCHPAD},
                        y,
                        dataWeights,
                        x,
                        pad(shapes.data.scratchpad_desc())),
                new OneDnnCall(
                        new convolution_backward_weights(shapes.weights),
                        new int[] {
                            DNNL_ARG_SRC,
                            DNNL_ARG_DIFF_DST,
                            DNNL_ARG_DIFF_WEIGHTS,
                            DNNL_ARG_DIFF_BIAS,
                            DNNL_ARG_SCRATCHPAD
                        },
                        x,
                        y,
                        weightsGradient,
                        db,
                        pad(shapes.weights.scratchpad_desc())));
    }

    private memory pad(memory.desc desc) {
        return desc.get_size() <= 4L * scratchpad.capacity()
                ? memory(desc, scratchpad)
                : new memory(desc, OneDnn.ENGINE);
    }

    private memory blocked(memory.desc desc, ScratchAllocator scratch) {
        blocked.add(scratch.nativeFloats(Math.toIntExact(desc.get_size() / 4)));
        return memory(desc, blocked.get(blocked.size() - 1));
    }

    /** The memory object does not keep the buffer alive; this class does. */
    private static memory memory(memory.desc desc, FloatBuffer buffer) {
        return new memory(desc, OneDnn.ENGINE, new FloatPointer(buffer));
    }

    private static OneDnnCall reorder(memory from, memory to) {
        return new OneDnnCall(new reorder(from, to), new int[] {DNNL_ARG_FROM, DNNL_ARG_TO}, from, to);
    }
}
