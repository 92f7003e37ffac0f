package io.firesteel.internal.kernel.conv;

import io.firesteel.internal.kernel.OneDnn;
import io.firesteel.internal.kernel.SlidingWindow;
import io.firesteel.internal.kernel.dense.OneDnnProduct;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * The oneDNN primitives for a number of images and a window, and their layouts. Images are nhwc; oneDNN picks the
 * layout of the weights unless it is given.
 */
final class OneDnnPrimitives {
    private static final memory.data_type F32 = memory.data_type.f32;

    final memory.desc image; // x and dx
    final memory.desc positions; // y and dy
    final memory.desc bias; // null without
    final convolution_forward.primitive_desc forward;
    final convolution_backward_data.primitive_desc data;
    final convolution_backward_weights.primitive_desc weights;

    /** The three layouts of the weights are for forward, backward data and backward weights. */
    OneDnnPrimitives(int images, SlidingWindow w, int filters, boolean withBias, memory.desc... layouts) {
        long[] strides = {w.strideHeight(), w.strideWidth()}, before = {w.padTop(), w.padLeft()};
        long[] after = {w.padBottom(), w.padRight()};
        image = nhwc(images, w.channels(), w.inHeight(), w.inWidth());
        positions = nhwc(images, filters, w.outHeight(), w.outWidth());
        bias = withBias ? new memory.desc(new long[] {filters}, F32, memory.format_tag.x) : null;
        memory.desc bias = withBias ? this.bias : new memory.desc();
        primitive_attr attr = new primitive_attr();
        attr.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        var training = dnnl.prop_kind.forward_training;
        var direct = dnnl.algorithm.convolution_direct;
        forward = new convolution_forward.primitive_desc(
                OneDnn.ENGINE,
                training,
                direct,
                image,
                layouts[0],
                bias,
                positions,
                strides,
                before,
                after,
                attr,
                false);
        data = new convolution_backward_data.primitive_desc(
                OneDnn.ENGINE, direct, image, layouts[1], positions, strides, before, after, forward, attr, false);
        weights = new convolution_backward_weights.primitive_desc(
                OneDnn.ENGINE,
                direct,
                image,
                layouts[2],
                bias,
                positions,
                strides,
                before,
                after,
                forward,
                attr,
                false);
    }

    /**
     * Whether oneDNN would use a matrix product: slower than our own, and unsafe with signals (see
     * {@link OneDnnProduct}).
     */
    boolean usesProduct() {
        return Stream.of(forward.impl_info_str(), data.impl_info_str(), weights.impl_info_str())
                .anyMatch(kernel -> kernel.getString().contains("gemm:"));
    }

    /** The largest scratchpad of the three primitives. */
    long scratchpadBytes() {
        return Math.max(
                forward.scratchpad_desc().get_size(),
                Math.max(
                        data.scratchpad_desc().get_size(),
                        weights.scratchpad_desc().get_size()));
    }

    /** The weights' layout: hwio is ours, any leaves the choice to oneDNN. */
    static memory.desc weights(SlidingWindow w, int filters, memory.format_tag tag) {
        return new memory.desc(new long[] {filters, w.channels(), w.height(), w.width()}, F32, tag);
    }

    private static memory.desc nhwc(int images, int channels, int height, int width) {
        return new memory.desc(new long[] {images, channels, height, width}, F32, memory.format_tag.nhwc);
    }
}
