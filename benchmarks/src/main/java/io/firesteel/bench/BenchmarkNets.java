package io.firesteel.bench;

import io.firesteel.array.Padding;
import io.firesteel.array.ParamSlice;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Layer;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Sequential;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.model.ModelSpec;
import io.firesteel.model.Normalization;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The nets that are measured, and their numbers of operations. */
final class BenchmarkNets {
    private BenchmarkNets() {}

    static Map<String, ModelSpec> all() {
        Map<String, ModelSpec> nets = new LinkedHashMap<>();
        nets.put("mlp", model(new Shape(784), new Dense(256), new Relu(), new Dense(128), new Relu(), new Dense(10)));
        nets.put(
                "lenet",
                model(
                        new Shape(28, 28, 1),
                        new Conv2d(20, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Conv2d(50, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(500),
                        new Relu(),
                        new Dense(10)));
        nets.put(
                "cnn",
                model(
                        new Shape(28, 28, 1),
                        same(32, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        same(64, 5),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(1024),
                        new Relu(),
                        new Dense(10)));
        nets.put(
                "vgg",
                model(
                        new Shape(32, 32, 3),
                        same(64, 3),
                        new Relu(),
                        same(64, 3),
                        new Relu(),
                        new MaxPool2d(2),
                        same(128, 3),
                        new Relu(),
                        same(128, 3),
                        new Relu(),
                        new MaxPool2d(2),
                        same(256, 3),
                        new Relu(),
                        same(256, 3),
                        new Relu(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dense(10)));
        return nets;
    }

    private static ModelSpec model(Shape input, Layer... layers) {
        return new ModelSpec(input, Normalization.NONE, new Sequential(layers), new SoftmaxCrossEntropy(), 1);
    }

    private static Conv2d same(int filters, int kernel) {
        Conv2d valid = new Conv2d(filters, kernel);
        return new Conv2d(filters, Size2d.of(kernel), Size2d.of(1), Padding.SAME, true, valid.init());
    }

    /**
     * Floating-point operations of one row's forward and backward: the three products of every layer with weights,
     * without the input gradient of the first layer; padding is counted.
     */
    static double flops(ModelSpec model) {
        Shape[] shapes = model.net().shapes(model.input());
        Iterator<ParamSlice> slices = model.layout().params().iterator();
        double sum = 0;
        for (int i = 0; i < model.net().layers().size(); i++) {
            Shape out = shapes[i + 1];
            int places = out.size() / out.dim(out.rank() - 1); // where a layer's weights are used
            double product = 0;
            for (int left = model.net().layers().get(i).tensors().size(); left > 0; left--) {
                ParamSlice slice = slices.next();
                if (slice.shape().rank() > 1) product += 2.0 * slice.shape().size() * places;
            }
            sum += product * (sum == 0 ? 2 : 3);
        }
        return sum;
    }
}
