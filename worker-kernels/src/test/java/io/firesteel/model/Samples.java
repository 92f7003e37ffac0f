package io.firesteel.model;

import static io.firesteel.Numbers.gaussians;

import io.firesteel.array.Init;
import io.firesteel.array.Padding;
import io.firesteel.array.Shape;
import io.firesteel.array.Size2d;
import io.firesteel.layer.AveragePool2d;
import io.firesteel.layer.Conv2d;
import io.firesteel.layer.Dense;
import io.firesteel.layer.Dropout;
import io.firesteel.layer.Dropout2d;
import io.firesteel.layer.Elu;
import io.firesteel.layer.Flatten;
import io.firesteel.layer.Gelu;
import io.firesteel.layer.GlobalAveragePool2d;
import io.firesteel.layer.GroupNorm;
import io.firesteel.layer.LayerNorm;
import io.firesteel.layer.LeakyRelu;
import io.firesteel.layer.MaxPool2d;
import io.firesteel.layer.Relu;
import io.firesteel.layer.Reshape;
import io.firesteel.layer.Residual;
import io.firesteel.layer.Sequential;
import io.firesteel.layer.Sigmoid;
import io.firesteel.layer.Silu;
import io.firesteel.layer.Softmax;
import io.firesteel.layer.Softplus;
import io.firesteel.layer.Tanh;
import io.firesteel.layer.Upsample;
import io.firesteel.layer.ZeroPad2d;
import io.firesteel.loss.AbsoluteError;
import io.firesteel.loss.BinaryCrossEntropy;
import io.firesteel.loss.Huber;
import io.firesteel.loss.Poisson;
import io.firesteel.loss.Quantile;
import io.firesteel.loss.SoftmaxCrossEntropy;
import io.firesteel.loss.SquaredError;
import java.util.List;
import java.util.stream.Stream;

/** Models that hold every kind of layer between them, and rows for them. */
final class Samples {
    private Samples() {}

    static final ModelSpec CLASSIFIER = new ModelSpec(
            new Shape(10, 9, 2),
            Normalization.NONE,
            new Sequential(
                    new Conv2d(6, 3),
                    new Relu(),
                    new MaxPool2d(2),
                    new Conv2d(4, 2),
                    new Tanh(),
                    new AveragePool2d(Size2d.of(2), Size2d.of(1), Padding.VALID),
                    new Flatten(),
                    new Dense(7),
                    new Sigmoid(),
                    new Sequential(new Dense(5))),
            new SoftmaxCrossEntropy(),
            1);

    static final ModelSpec REGRESSOR = new ModelSpec(
            new Shape(6),
            Normalization.NONE,
            new Sequential(new Dense(8), new Tanh(), new Dense(3), new Sigmoid()),
            new SquaredError(),
            3);

    static final ModelSpec OF_ACTIVATIONS = new ModelSpec(
            new Shape(3, 4, 2),
            Normalization.NONE,
            new Sequential(
                    new LeakyRelu(0.1),
                    new Gelu(),
                    new Softmax(),
                    new Elu(),
                    new Silu(),
                    new Flatten(),
                    new Dense(9),
                    new Gelu(true),
                    new Dense(4),
                    new Softplus()),
            new SoftmaxCrossEntropy(),
            1);

    static final ModelSpec OF_SHAPES_AND_NORMS = new ModelSpec(
            new Shape(24),
            Normalization.NONE,
            new Sequential(
                    new Reshape(new Shape(4, 3, 2)),
                    new ZeroPad2d(0, 1, null, null),
                    new Conv2d(6, 2),
                    new GroupNorm(2),
                    new Upsample(2),
                    new Conv2d(4, 3),
                    new LayerNorm(),
                    new GlobalAveragePool2d()),
            new SoftmaxCrossEntropy(),
            1);

    /** With an image and with vectors, as they are and through a shortcut, one inside the other. */
    static final ModelSpec OF_RESIDUALS = new ModelSpec(
            new Shape(5, 6, 2),
            Normalization.NONE,
            new Sequential(
                    new Residual(
                            List.of(new Residual(new Tanh(), same(2)), new Relu(), new MaxPool2d(2), same(4)),
                            List.of(new AveragePool2d(2), new Conv2d(4, 1))),
                    new Relu(),
                    new Residual(same(4), new Relu()),
                    new Flatten(),
                    new Residual(List.of(new Dense(7)), List.of(new Dense(7), new Sigmoid())),
                    new Dense(4),
                    new Residual(new LayerNorm())),
            new SoftmaxCrossEntropy(),
            1);

    private static Conv2d same(int filters) {
        return new Conv2d(filters, Size2d.of(3), Size2d.of(1), Padding.SAME, true, new Init.He());
    }

    static final ModelSpec WITH_DROPOUT_IN_RESIDUALS = new ModelSpec(
            new Shape(6),
            Normalization.NONE,
            new Sequential(
                    new Residual(
                            List.of(new Dropout(0.5), new Dense(5), new Relu()),
                            List.of(new Dropout(0.2), new Dense(5), new Dropout(0.3))),
                    new Residual(new Dropout(0.5)),
                    new Dense(4)),
            new SoftmaxCrossEntropy(),
            1);

    static final ModelSpec WITH_CHANNELS_DROPPED = new ModelSpec(
            new Shape(5, 4, 2),
            Normalization.NONE,
            new Sequential(new Conv2d(6, 2), new Dropout2d(0.3), new Flatten(), new Dense(4)),
            new SoftmaxCrossEntropy(),
            1);

    static final ModelSpec WITH_DROPOUT = new ModelSpec(
            new Shape(6),
            Normalization.NONE,
            new Sequential(new Dropout(0.2), new Dense(9), new Relu(), new Dropout(0.5), new Dense(4)),
            new SoftmaxCrossEntropy(),
            1);

    static Stream<ModelSpec> all() {
        return Stream.concat(
                withoutRandomness(), Stream.of(WITH_DROPOUT, WITH_CHANNELS_DROPPED, WITH_DROPOUT_IN_RESIDUALS));
    }

    /** Those that give the same outputs in training as in evaluation. */
    static Stream<ModelSpec> withoutRandomness() {
        return Stream.concat(
                Stream.of(CLASSIFIER, REGRESSOR, OF_ACTIVATIONS, OF_SHAPES_AND_NORMS, OF_RESIDUALS), ofOtherLosses());
    }

    private static Stream<ModelSpec> ofOtherLosses() {
        Sequential net = new Sequential(new Dense(3));
        List<Double> classWeights = List.of(0.5, 2.0, 1.0);
        return Stream.concat(
                Stream.of(new ModelSpec(
                        new Shape(6), Normalization.NONE, net, new SoftmaxCrossEntropy(0.1, classWeights), 1)),
                Stream.of(
                                new AbsoluteError(),
                                new Huber(0.5),
                                new Quantile(0.9),
                                new Poisson(),
                                new BinaryCrossEntropy())
                        .map(loss -> new ModelSpec(new Shape(6), Normalization.NONE, net, loss, 3)));
    }

    static float[] params(ModelSpec model) {
        return model.layout().init(11);
    }

    /** Rows [from, to) of an endless sample become the first rows of the program. */
    static void fill(CompiledModel program, ModelSpec model, int from, int to) {
        int width = model.input().size(), targets = model.targets();
        for (int row = from; row < to; row++) {
            program.pass().rowIds[row - from] = row;
            System.arraycopy(gaussians(row, width), 0, program.x, (row - from) * width, width);
            float[] target = model.classifies() ? new float[] {row % model.outputs()} : gaussians(~row, targets);
            System.arraycopy(target, 0, program.targets, (row - from) * targets, targets);
        }
    }
}
