package io.firesteel.bench;

import io.firesteel.array.Padding;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.model.ModelSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A model in libtorch with the same weights, in PyTorch's own layouts: images nchw, kernels [out, in, height, width].
 */
final class TorchStep {
    private final ModelSpec model;
    private final List<Tensor> params = new ArrayList<>();
    private final SGD optimizer;
    private final Tensor x;
    private final Tensor labels;

    /** Loads rows of x in the model's layout. */
    TorchStep(ModelSpec model, float[] weights, int rows, float[] x, float[] labels, double rate) {
        torch.set_num_threads(1);
        this.model = model;
        Shape[] shapes = model.net().shapes(model.input());
        Iterator<ParamSlice> slices = model.layout().params().iterator();
        Shape image = null; // input shape of the last Flatten
        for (int i = 0; i < model.net().layers().size(); i++) {
            Layer layer = model.net().layers().get(i);
            if (layer instanceof Flatten) image = shapes[i];
            if (layer instanceof Conv2d || layer instanceof Dense) {
                Shape from = layer instanceof Conv2d conv
                        ? new Shape(conv.kernel().height(), conv.kernel().width(), shapes[i].dim(2))
                        : image == null ? shapes[i] : image;
                params.add(channelsFirst(weights, slices.next(), from));
                params.add(plain(weights, slices.next()));
                image = null;
            }
        }
        for (Tensor param : params) param.set_requires_grad(true);
        this.optimizer = new SGD(new TensorVector(params.toArray(new Tensor[0])), new SGDOptions(rate));
        this.x = images(x, rows, model.input());
        long[] targets = new long[rows];
        for (int i = 0; i < rows; i++) targets[i] = (long) labels[i];
        this.labels = torch.tensor(targets);
    }

    static int threads() {
        torch.set_num_threads(1);
        return torch.get_num_threads();
    }

    /** One step of plain gradient descent; returns the mean loss before it. */
    @SuppressWarnings("try") // the scope frees the tensors of the step
    float step(boolean read) {
        try (PointerScope scope = new PointerScope()) {
            optimizer.zero_grad();
            Tensor loss = torch.cross_entropy_loss(forward(), labels);
            loss.backward();
            optimizer.step();
            return read ? loss.item_float() : 0;
        }
    }

    private Tensor forward() {
        Tensor y = x;
        int next = 0;
        for (Layer layer : model.net().layers()) {
            if (layer instanceof Dense) y = torch.linear(y, params.get(next++), new TensorOptional(params.get(next++)));
            else if (layer instanceof Relu) y = torch.relu(y);
            else if (layer instanceof Flatten) y = torch.flatten(y, 1, -1);
            else if (layer instanceof MaxPool2d pool)
                y = torch.max_pool2d(y, pool.kernel().height(), pool.kernel().width());
            else if (layer instanceof Conv2d conv) {
                long pad = conv.padding().equals(Padding.SAME) ? conv.kernel().height() / 2 : 0;
                y = torch.conv2d(
                        y,
                        params.get(next++),
                        new TensorOptional(params.get(next++)),
                        new long[] {1, 1},
                        new long[] {pad, pad},
                        new long[] {1, 1},
                        1);
            } else throw new IllegalArgumentException("no libtorch for " + layer);
        }
        return y;
    }

    /** [height, width, channels, out] or [in, out] as [out, channels, height, width] or [out, in]. */
    private static Tensor channelsFirst(float[] weights, ParamSlice slice, Shape from) {
        int out = slice.shape().dim(slice.shape().rank() - 1);
        float[] transposed = new float[slice.shape().size()];
        for (int i = 0; i < transposed.length; i++) {
            int k = i / out, channels = from.dim(from.rank() - 1), places = from.size() / channels;
            transposed[i % out * from.size() + k % channels * places + k / channels] = weights[slice.offset() + i];
        }
        Tensor flat = torch.tensor(transposed);
        return slice.shape().rank() == 4
                ? flat.reshape(out, from.dim(2), from.dim(0), from.dim(1))
                : flat.reshape(out, from.size());
    }

    private static Tensor plain(float[] weights, ParamSlice slice) {
        return torch.tensor(java.util.Arrays.copyOfRange(
                weights, slice.offset(), slice.offset() + slice.shape().size()));
    }

    private static Tensor images(float[] x, int rows, Shape in) {
        Tensor flat = torch.tensor(java.util.Arrays.copyOf(x, rows * in.size()));
        return in.rank() == 1
                ? flat.reshape(rows, in.size())
                : flat.reshape(rows, in.dim(0), in.dim(1), in.dim(2))
                        .permute(0, 3, 1, 2)
                        .contiguous();
    }
}
